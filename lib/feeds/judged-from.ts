/** In a feed of ten rows one bad row is a tenth: the share of refused rows counts from so many on. */
export const REFUSED_AT_LEAST = 10;
/** Smaller feeds have no shape to speak of: two of ten rows without a colour mean nothing. */
export const SHAPE_ROWS_AT_LEAST = 50;
