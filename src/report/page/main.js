// The page about a release.
import { showChanges } from './changes.js';
import { choice, element, fill } from './dom.js';
import { showFiles } from './file.js';
import { showFindings } from './findings.js';
import { readRelease } from './release.js';
import { showTable } from './table.js';
import { showSizes } from './treemap.js';
import { showEncoding } from './view.js';
import { count, encodingName, number, percent, size } from './words.js';

const release = readRelease(document.getElementById('data').textContent);

showHead(release);
const open = showFiles(release);
showSizes(release, open);
showTable(release);
showFindings(release);
showChanges(release);
document.documentElement.dataset.ready = 'true';

function showHead({ project, number: of, id, url, encodings, files, byFolder, kept, missing, difference }) {
    const name = of ? `release ${of}` : 'a release';
    document.title = `Static files of ${project}, ${name}`;
    document.getElementById('project').textContent = project;
    fill(document.getElementById('meta'),
        element('span', {}, name[0].toUpperCase() + name.slice(1)),
        element('span', {}, url),
        element('span', { title: id }, id.slice(0, 12)),
        kept.count > 0 ? element('span', {}, `${count(kept.count, 'file')} of earlier releases kept, ${size(kept.bytes)}`) : null);
    const [identity, ...encoded] = byFolder.bytes;
    fill(document.getElementById('totals'),
        total('Files', number(files.length)),
        total('Size', size(identity)),
        encoded.map((bytes, index) => total(encodingName(encodings[index]), size(bytes), `−${percent(identity - bytes, identity)}`)),
        total('Missing references', number(missing.length), null, missing.length > 0),
        difference ? total('Downloaded again', size(difference.again)) : null);
    const switcher = document.getElementById('encoding');
    if (encodings.length === 0)
        switcher.remove();
    else
        choice(switcher, 'encoding', ['As they are', ...encodings.map(encodingName)], 0, showEncoding);
}

function total(name, value, more = null, isWrong = false) {
    return element('div', { class: isWrong ? 'total wrong' : 'total' }, element('dt', {}, name), element('dd', {}, value, more ? element('small', {}, more) : null));
}
