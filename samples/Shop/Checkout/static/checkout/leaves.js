const colours = ["#3f5d45", "#7f9c86", "#b8633e", "#e0a184"];

/** Lets a handful of leaves fall over the page. */
export function fall(host) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (let i = 0; i < 24; i++) {
        const leaf = document.createElement("i");
        leaf.ariaHidden = "true";
        Object.assign(leaf.style, {
            position: "fixed",
            top: "-20px",
            left: `${Math.random() * 100}%`,
            width: "14px",
            height: "14px",
            borderRadius: "0 70% 0 70%",
            background: colours[i % colours.length],
            pointerEvents: "none",
        });
        host.append(leaf);
        leaf.animate(
            { transform: ["none", `translate(${Math.random() * 160 - 80}px, 105vh) rotate(${Math.random() * 720}deg)`] },
            { duration: 2500 + Math.random() * 2500, easing: "ease-in" },
        ).finished.then(() => leaf.remove());
    }
}
