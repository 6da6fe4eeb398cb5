import "server-only";
import sanitize from "sanitize-html";

const OPTIONS: sanitize.IOptions = {
  allowedTags: [
    ..."p br hr div span ul ol li dl dt dd b strong i em u s sub sup small h1 h2 h3 h4 h5 h6 blockquote pre code".split(
      " ",
    ),
    ..."table caption thead tbody tfoot tr th td a".split(" "),
  ],
  // No style, class or id: supplier markup must not reach into the page around it. No pictures: nothing is hot-linked.
  allowedAttributes: { a: ["href", "rel", "target"], th: ["colspan", "rowspan"], td: ["colspan", "rowspan"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  // A supplier's heading is a paragraph of the page's own outline.
  transformTags: {
    h1: "h4",
    h2: "h4",
    h3: "h4",
    a: sanitize.simpleTransform("a", { rel: "noopener noreferrer nofollow", target: "_blank" }),
  },
};

/** Supplier HTML, stored as received, made safe to show. */
export function sanitiseHtml(html: string): string {
  return sanitize(html, OPTIONS);
}
