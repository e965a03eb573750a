// The basket lives in a cookie, so that the server can read it: teapot.1_cup.2

const mostOfOne = 9;

/** Fires "change" whenever the basket changes; `detail.added` is the name of what was put in. */
export const changes = new EventTarget();

export function lines() {
    const cookie = document.cookie.split("; ").find(part => part.startsWith("basket="));
    const parts = cookie?.slice("basket=".length).split("_").filter(Boolean) ?? [];
    return new Map(parts.map(part => part.split(".")).map(([slug, quantity]) => [slug, Number(quantity)]));
}

export function count() {
    return [...lines().values()].reduce((sum, quantity) => sum + quantity, 0);
}

export function add(slug, name) {
    set(slug, (lines().get(slug) ?? 0) + 1, name);
}

export function set(slug, quantity, added) {
    const all = lines();
    const wanted = Math.min(Math.max(Math.trunc(quantity) || 0, 0), mostOfOne);
    if (wanted === 0) all.delete(slug);
    else all.set(slug, wanted);
    const value = [...all].map(line => line.join(".")).join("_");
    document.cookie = `basket=${value}; path=/; max-age=604800; samesite=lax`;
    changes.dispatchEvent(new CustomEvent("change", { detail: { added } }));
}
