export function dim(now) {
    const evening = now.getHours() >= 20 || now.getHours() < 6;
    document.documentElement.dataset.evening = String(evening);
}
