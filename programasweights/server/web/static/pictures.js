/* One picture in the browser: read from a file, made as small as the server takes it, shown small.

A program keeps no pixels. The small pictures of this tab's programs stay in the tab, by the digest that the server names. */

import { find, findAll } from "./dom.js";

const SMALL = 320;
const TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff"];

/** What is sent of a file and what is shown of it; refuses what is too large for the limits and cannot be scaled. */
export async function readPicture(file, limits) {
  if (file.size === 0) throw new Error(`${file.name || "The picture"} is empty.`);
  const bitmap = await decode(file);
  if (bitmap === null && !TYPES.includes(file.type)) {
    throw new Error(`${file.name || "The file"} is no picture. Choose a PNG, JPEG, GIF, WEBP, BMP or TIFF file.`);
  }
  const large = bitmap !== null && bitmap.width * bitmap.height > limits.pixels;
  const fits = file.size <= limits.bytes && !large;
  if (!fits && bitmap === null) {
    throw new Error(`${file.name || "The picture"} is larger than ${Math.floor(limits.bytes / 1e6)} MB. Save it smaller.`);
  }
  const sent = fits ? file : await scaled(bitmap, limits.pixels);
  const picture = {
    data: await base64(sent),
    name: file.name || "picture",
    size: bitmap ? `${bitmap.width} × ${bitmap.height}` : "no preview",
    scaled: !fits,
    small: bitmap ? thumbnail(bitmap) : null,
  };
  bitmap?.close();
  return picture;
}

/** A small picture, or a sign in its place where a browser cannot show it. */
export function pictureElement(small, text) {
  const element = document.createElement(small ? "img" : "span");
  if (small) {
    element.src = small;
    element.alt = text;
  } else {
    element.className = "blank";
    element.textContent = "?";
    element.setAttribute("aria-hidden", "true");
  }
  return element;
}

/** Keep small pictures for the programs of this tab; they come in the order of the card's. */
export function keepPictures(card, smalls) {
  findAll("[data-digest]", card).forEach((row, index) => {
    if (!smalls[index]) return;
    try {
      sessionStorage.setItem(key(row), smalls[index]);
    } catch {
      // full or forbidden: the page then shows size and digest only
    }
  });
}

/** Put the small pictures that are kept beside what the page says of them. */
export function showPictures(within = document) {
  findAll("[data-digest]", within).forEach((row, index) => {
    const small = kept(row);
    if (small && !find("img", row)) row.prepend(pictureElement(small, `Picture ${index + 1} of the spec`));
  });
}

const key = (row) => `picture ${row.dataset.digest}`;

function kept(row) {
  try {
    return sessionStorage.getItem(key(row));
  } catch {
    return null;
  }
}

async function decode(file) {
  try {
    return await createImageBitmap(file);
  } catch {
    return null; // the server knows more formats, and says what is wrong
  }
}

function drawn(bitmap, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(bitmap.width * scale));
  canvas.height = Math.max(1, Math.floor(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white"; // as the server does with what is transparent
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function thumbnail(bitmap) {
  return drawn(bitmap, Math.min(1, SMALL / Math.max(bitmap.width, bitmap.height))).toDataURL("image/png");
}

function scaled(bitmap, pixels) {
  const canvas = drawn(bitmap, Math.min(1, Math.sqrt(pixels / (bitmap.width * bitmap.height))));
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
}

function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(new Error("The file cannot be read."));
    reader.readAsDataURL(blob);
  });
}
