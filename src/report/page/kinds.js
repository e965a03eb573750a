// What a file is for: the colours of the page, and what the table can be narrowed to.

export const kinds = {
    script: 'Scripts',
    style: 'Style sheets',
    image: 'Images',
    font: 'Fonts',
    page: 'Pages',
    data: 'Data and texts',
    map: 'Source maps',
    media: 'Audio, video, models',
    other: 'Others',
};

/** The kind of a file. */
export function kindOf(path, type) {
    if (path.endsWith('.map'))
        return 'map';
    if (type === 'text/javascript' || type === 'application/wasm')
        return 'script';
    if (type === 'text/css')
        return 'style';
    if (type === 'text/html' || type === 'application/xhtml+xml')
        return 'page';
    if (type === 'application/vnd.ms-fontobject')
        return 'font';
    const [group] = type.split('/');
    if (group === 'image' || group === 'font')
        return group;
    if (group === 'audio' || group === 'video' || group === 'model')
        return 'media';
    return group === 'text' || type === 'application/json' || type === 'application/manifest+json' ? 'data' : 'other';
}
