// One stop for the Tab key among many buttons that lie in a plane; arrows go from one to the nearest.

const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Lets arrows move among the buttons of an element, as they are whenever a key is pressed. */
export function rove(container) {
    container.addEventListener('focusin', event => {
        container.querySelectorAll('button[tabindex="0"]').forEach(button => button.tabIndex = -1);
        event.target.tabIndex = 0;
    });
    container.addEventListener('keydown', event => {
        const direction = directions[event.key];
        if (!direction)
            return;
        event.preventDefault();
        nearest(document.activeElement, [...container.querySelectorAll('button')], direction)?.focus();
    });
}

/** Makes the first button the stop; to call when the buttons are others. */
export function restart(container, focused = false) {
    const first = container.querySelector('button');
    container.querySelectorAll('button').forEach(button => button.tabIndex = button === first ? 0 : -1);
    if (focused)
        first?.focus();
}

function nearest(from, buttons, [dx, dy]) {
    const here = middle(from);
    let best = null;
    for (const button of buttons) {
        const there = middle(button);
        const [x, y] = [there.x - here.x, there.y - here.y];
        const ahead = x * dx + y * dy;
        // What lies aside counts twice: an arrow means its direction.
        const distance = ahead + 2 * Math.abs(x * dy + y * dx);
        if (button !== from && ahead > 0 && (best === null || distance < best.distance))
            best = { button, distance };
    }
    return best?.button ?? null;
}

function middle(target) {
    const box = target.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}
