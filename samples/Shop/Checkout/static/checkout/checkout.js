import { set } from "../js/basket.js";

// The server does the sums: a changed quantity goes into the basket, and the page comes again.
for (const input of document.querySelectorAll("[data-quantity]")) {
    input.addEventListener("change", () => {
        set(input.dataset.quantity, input.valueAsNumber);
        location.reload();
    });
}

// The page is rendered on the server alone, so its mask is called from here.
for (const input of document.querySelectorAll("[data-mask]")) {
    input.addEventListener("input", () => window.Radzen.mask(input.id, input.dataset.mask, "", "[0-9]"));
}

const thanks = document.querySelector("[data-thanks]");
if (thanks) {
    const stamp = new Image(180, 180);
    stamp.src = new URL("./img/stamp.svg", import.meta.url).href;
    stamp.alt = "";
    stamp.className = "stamp";
    thanks.prepend(stamp);

    const { fall } = await import("./leaves.js");
    fall(thanks);
}
