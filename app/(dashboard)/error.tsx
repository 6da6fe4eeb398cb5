"use client";

/** Inside the frame: the way to every other page stays. */
export { default } from "../error";
