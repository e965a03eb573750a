import { changes, count } from "./basket.js";
import { toast } from "../theme/toast.js";

const badge = document.querySelector("[data-basket-count]");

changes.addEventListener("change", event => {
    badge.textContent = count();
    if (event.detail.added) toast(`${event.detail.added} is in your basket`);
});

// After eight in the evening the shop dims its lamps. Nobody has to wait for that.
const idle = window.requestIdleCallback ?? setTimeout;
idle(async () => {
    const { dim } = await import("./evening.js");
    dim(new Date());
});

document.documentElement.dataset.ready = "true";
