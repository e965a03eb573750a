import { greet } from "./greet.js";

export const show = () => alert(greet("again"));
