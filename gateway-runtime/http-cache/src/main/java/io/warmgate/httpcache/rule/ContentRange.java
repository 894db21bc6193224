package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a 206 has of the whole, <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.4">RFC
 * 9110 §14.4</a>.
 *
 * @param part that is sent
 * @param length of the whole
 */
public record ContentRange(Part part, long length) {
  private static final String UNIT = "bytes ";

  /**
   * "A Content-Range field value is invalid if it contains a range-resp that has a last-pos value
   * less than its first-pos value, or a complete-length value less than or equal to its last-pos
   * value. The recipient of an invalid Content-Range MUST NOT attempt to recombine the received
   * content with a stored representation."
   *
   * @return empty where it is missing, invalid, or does not say the length of the whole
   */
  public static Optional<ContentRange> of(Fields response) {
    List<String> lines = response.all("content-range");
    if (lines.size() != 1 || !lines.getFirst().toLowerCase(Locale.ROOT).startsWith(UNIT)) {
      return Optional.empty();
    }
    String range = lines.getFirst();
    int dash = range.indexOf('-');
    int slash = range.indexOf('/');
    if (dash < 0 || slash < dash) {
      return Optional.empty();
    }
    long first = ByteRanges.number(range.substring(UNIT.length(), dash));
    long last = ByteRanges.number(range.substring(dash + 1, slash));
    long length = ByteRanges.number(range.substring(slash + 1));
    return first < 0 || last < first || length <= last
        ? Optional.empty()
        : Optional.of(new ContentRange(new Part(first, last), length));
  }

  /** How many bytes are sent. */
  public long size() {
    return part.last() + 1 - part.first();
  }
}
