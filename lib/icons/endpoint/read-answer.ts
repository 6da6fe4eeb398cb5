import "server-only";
import { formatCount } from "@/lib/format";
import { loadSharp, notAPicture } from "@/lib/images/inspect-picture";
import { pictureTypeOf } from "@/lib/images/picture-type";
import { EndpointError } from "./endpoint-error";

/** The largest picture that is opened, in pixels. */
const MAX_PIXELS = 40_000_000;

/**
 * What an endpoint answered as a PNG of `size` pixels both ways, opened whole: a damaged one is found now.
 * @throws {EndpointError} `unusable` saying what came instead
 */
export async function readAnswer(bytes: Uint8Array, host: string, size: number): Promise<Buffer> {
  const refuse = (what: string, cause?: unknown) =>
    new EndpointError("unusable", `${host} answered with no icon: ${what}`, null, { cause });
  if (bytes.length === 0) throw refuse("nothing at all.");
  const type = pictureTypeOf(bytes);
  if (!type)
    throw refuse(
      notAPicture(bytes)
        .message.replace(/ Expected .*$/, "")
        .replace(/^It is/, "it is"),
    );
  const sharp = await loadSharp();
  const options = { limitInputPixels: MAX_PIXELS, failOn: "truncated" } as const;
  const { width, height } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error) => {
      throw refuse("the picture is damaged.", error);
    });
  const told = `a picture of ${formatCount(width)} × ${formatCount(height)} pixels`;
  if (width * height > MAX_PIXELS) throw refuse(`${told}, which is too large to open.`);
  if (width !== height) throw refuse(`${told}, which is not square.`);
  if (width < size) throw refuse(`${told}, smaller than the ${formatCount(size)} asked for.`);
  return sharp(bytes, options)
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer()
    .catch((error) => {
      throw refuse("the picture is cut off or damaged.", error);
    });
}
