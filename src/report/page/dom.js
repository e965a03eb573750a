// Elements without a line of markup: what a file is called is text, whatever it looks like.

/** Makes an element. Attributes that are functions listen; children are elements, texts, or lists of them. */
export function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (typeof value === 'function')
            made.addEventListener(key, value);
        else if (value === true)
            made.setAttribute(key, '');
        else if (value !== false && value !== null && value !== undefined)
            made.setAttribute(key, value);
    }
    made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
    return made;
}

/** Puts other children into an element. */
export function fill(parent, ...children) {
    parent.replaceChildren(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
}

/** Puts an element to its place. The policy of the page allows no style attribute, and this is none. */
export function place(target, { x, y, width, height }) {
    Object.assign(target.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
}

/** A choice of one among few: buttons that belong together, as radio buttons are. */
export function choice(fieldset, name, options, chosen, choose) {
    fieldset.append(...options.map((option, index) => element('label', {},
        element('input', { type: 'radio', name, value: index, checked: index === chosen, change: () => choose(index) }),
        element('span', {}, option))));
}

/** What a value is worth beside the largest one. */
export function bar(share) {
    const part = element('span', { class: 'bar-part' });
    part.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
    return element('span', { class: 'bar-whole', 'aria-hidden': 'true' }, part);
}
