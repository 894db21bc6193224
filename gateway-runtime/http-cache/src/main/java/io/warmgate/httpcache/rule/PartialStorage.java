package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.ResponseView;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which 206 may be stored as an incomplete entry, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-3.3">RFC 9111 §3.3</a>: "Likewise, a 206
 * (Partial Content) response MAY be stored as if it were an incomplete 200 (OK) response." So that
 * is what it is judged as, by {@link Storage#decide}, once it is known that its bytes can be told
 * apart from another representation's.
 */
public final class PartialStorage {
  private static final Set<String> OF_PART = Set.of("content-length", "content-range");

  private PartialStorage() {}

  /** What a 206 is. */
  public sealed interface Judged {}

  /**
   * A part that can be stored where its whole may be.
   *
   * @param whole the 200 that it is a part of
   */
  public record Storable(ContentRange range, ResponseView whole) implements Judged {}

  /** None. */
  public record NotStorable(Reason why) implements Judged {}

  /** Judges a 206 by its own fields. */
  public static Judged judge(ResponseView response) {
    Fields fields = response.fields();
    // RFC 9110 §15.3.7.2: "To avoid confusion with single-part responses, a server MUST NOT
    // generate a Content-Range header field in the HTTP header section of a multiple part
    // response".
    if (isSeveral(fields)) {
      return new NotStorable(Reason.SEVERAL_PARTS);
    }
    // §3.4: ranges are combined "if they all share the same strong validator": one that has none
    // can
    // never be made whole, and nothing would tell that it is of what is there now.
    if (!hasStrongTag(fields)) {
      return new NotStorable(Reason.NO_STRONG_TAG);
    }
    return ContentRange.of(fields)
        .filter(range -> isItsLength(range, fields))
        .<Judged>map(range -> new Storable(range, whole(response)))
        .orElseGet(() -> new NotStorable(Reason.UNKNOWN_PART));
  }

  private static boolean isSeveral(Fields fields) {
    String type = fields.first("content-type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/byteranges");
  }

  static boolean hasStrongTag(Fields fields) {
    List<String> tags = fields.all("etag");
    return tags.size() == 1 && tags.getFirst().startsWith("\"") && tags.getFirst().length() > 1;
  }

  private static boolean isItsLength(ContentRange range, Fields fields) {
    return fields.all("content-length").stream()
        .allMatch(length -> ByteRanges.number(length) == range.size());
  }

  private static ResponseView whole(ResponseView response) {
    FieldList fields = FieldList.copyOf(response.fields()).keep(name -> !OF_PART.contains(name));
    return new ResponseView(200, fields, response.requestMillis(), response.responseMillis());
  }
}
