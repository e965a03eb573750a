import "./style.css";
import logo from "./logo.png";
import { greet } from "./greet.js";

document.body.append(Object.assign(new Image(), { src: logo, alt: greet("world") }));
document.body.addEventListener("click", async () => (await import("./lazy.js")).show());
