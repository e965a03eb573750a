import { add } from "../js/basket.js";

for (const button of document.querySelectorAll("[data-add]")) {
    button.addEventListener("click", () => add(button.dataset.add, button.dataset.name));
}

const picture = document.querySelector("[data-zoom]");
picture?.addEventListener("click", async () => {
    const { zoom } = await import("./zoom.js");
    zoom(picture.querySelector("img"));
});

const brewing = document.querySelector("[data-brewing]");
if (brewing) {
    const response = await fetch(new URL("./brewing.json", import.meta.url));
    const { degrees, minutes, grams } = (await response.json())[brewing.dataset.brewing] ?? {};
    if (degrees) {
        brewing.textContent = `Brew ${grams} g at ${degrees} °C for ${minutes} min.`;
        brewing.hidden = false;
    }
}
