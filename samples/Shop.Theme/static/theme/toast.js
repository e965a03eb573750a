const check = new URL("./img/check.svg", import.meta.url);

let current;

/** Shows a short message in the corner for a while; a new one takes the place of the old. */
export function toast(message) {
    current?.remove();
    current = document.createElement("div");
    current.className = "toast";
    current.role = "status";
    const icon = new Image(20, 20);
    icon.src = check.href;
    icon.alt = "";
    current.append(icon, message);
    document.body.append(current);
    setTimeout(node => node.remove(), 2500, current);
}
