/** Why a message was not taken, in a sentence that may be shown: it holds no secret. */
export class ChannelError extends Error {
  override name = "ChannelError";
}
