export function zoom(image) {
    const dialog = document.createElement("dialog");
    dialog.className = "zoomed";
    dialog.append(image.cloneNode());
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
}
