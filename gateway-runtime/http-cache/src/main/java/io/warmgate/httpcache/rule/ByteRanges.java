package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.Decision.Form;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.Decision.Plain;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.RequestView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Parts of a whole entry, <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110
 * §14</a>.
 *
 * <p>Several ranges are answered by one part where they join into one, else by the whole: "A server
 * that supports range requests MAY ignore or reject a Range header field that contains [...] a
 * ranges-specifier with more than two overlapping ranges, or a set of many small ranges" (§14.2),
 * which cost a cache more than the whole does.
 */
public final class ByteRanges {
  private static final String UNIT = "bytes=";

  /** More than that are not read. */
  private static final int MAX_RANGES = 16;

  /** §15.3.7: what a client with {@code If-Range} has already. */
  private static final Set<String> OF_REPRESENTATION =
      Set.of("content-encoding", "content-language", "content-type", "last-modified");

  private ByteRanges() {}

  /**
   * §14.2: "A server MUST ignore a Range header field received with a request method that is
   * unrecognized or for which range handling is not defined. For this specification, GET is the
   * only method for which range handling is defined."
   */
  static boolean isAskedFor(RequestView request) {
    return request.isGet() && request.fields().contains("range");
  }

  /**
   * What of a 200's content is sent. §14.2: "If all of the preconditions are true, the server
   * supports the Range header field for the target resource, the received Range field-value
   * contains a valid ranges-specifier, and the range-unit of that ranges-specifier is supported for
   * that target resource, the server SHOULD send a 206 (Partial Content) response".
   *
   * @param length of the content
   */
  static Form form(Fields request, Fields stored, long length, long now) {
    List<String> lines = request.all("range");
    if (lines.size() != 1 || !Preconditions.ifRangeHolds(request, stored, now)) {
      return Plain.WHOLE;
    }
    String range = lines.getFirst();
    // "An origin server MUST ignore a Range header field that contains a range unit it does not
    // understand."
    if (!range.toLowerCase(Locale.ROOT).startsWith(UNIT) || length == 0) {
      return Plain.WHOLE;
    }
    List<String> specs = ListMembers.of(List.of(range.substring(UNIT.length())));
    return specs.isEmpty() || specs.size() > MAX_RANGES ? Plain.WHOLE : joined(specs, length);
  }

  /**
   * A request's only range, in one form for all that are written alike; empty where there are
   * several, or none that is valid: the request then goes as it is.
   */
  static Optional<String> single(Fields request) {
    List<String> lines = request.all("range");
    if (lines.size() != 1 || !lines.getFirst().toLowerCase(Locale.ROOT).startsWith(UNIT)) {
      return Optional.empty();
    }
    List<String> specs = ListMembers.of(List.of(lines.getFirst().substring(UNIT.length())));
    // Of a whole that is as long as can be: only what is no range at all is none of it.
    return specs.size() == 1 && read(specs.getFirst(), Long.MAX_VALUE).isPresent()
        ? Optional.of(UNIT + specs.getFirst())
        : Optional.empty();
  }

  /** As a request asks for it. */
  static String text(Part part) {
    return UNIT + part.first() + "-" + part.last();
  }

  private static Form joined(List<String> specs, long length) {
    Part joined = null;
    for (String spec : specs) {
      Optional<Part> read = read(spec, length);
      if (read.isEmpty()) {
        return Plain.WHOLE;
      }
      Part part = read.get();
      if (part.first() > part.last()) {
        // Not satisfiable; the others may be.
        continue;
      }
      if (joined != null
          && (part.first() > joined.last() + 1 || part.last() + 1 < joined.first())) {
        return Plain.WHOLE;
      }
      joined =
          joined == null
              ? part
              : new Part(
                  Math.min(joined.first(), part.first()), Math.max(joined.last(), part.last()));
    }
    // "If all of the preconditions are true [...] but [...] the ranges-specifier is unsatisfiable
    // [...], the server SHOULD send a 416 (Range Not Satisfiable) response."
    return joined == null ? Plain.UNSATISFIABLE : joined;
  }

  /**
   * §14.1.2. "If the last-pos value is absent, or if the value is greater than or equal to the
   * current length of the representation data, the byte range is interpreted as the remainder of
   * the representation"; "If the selected representation is shorter than the specified
   * suffix-length, the entire representation is used."
   *
   * @return first after last where no byte of it is there; empty where it is no range: "A
   *     ranges-specifier that contains [...] is invalid", and an invalid one is ignored
   */
  private static Optional<Part> read(String spec, long length) {
    int dash = spec.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    String from = spec.substring(0, dash);
    String to = spec.substring(dash + 1);
    long last = number(to);
    if (from.isEmpty()) {
      return last < 0 ? Optional.empty() : Optional.of(part(length - last, length - 1));
    }
    long first = number(from);
    if (first < 0 || (last < 0 && !to.isEmpty())) {
      return Optional.empty();
    }
    // "An int-range is invalid if the last-pos value is present and less than first-pos."
    return !to.isEmpty() && last < first
        ? Optional.empty()
        : Optional.of(part(first, to.isEmpty() ? length - 1 : Math.min(last, length - 1)));
  }

  private static Part part(long first, long last) {
    return new Part(Math.max(0, first), last);
  }

  /** Negative where it is no number; "recipients MUST anticipate potentially large" ones. */
  static long number(String digits) {
    if (digits.isEmpty()) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = Math.min(Long.MAX_VALUE / 100, value * 10 + digit);
    }
    return value;
  }

  /**
   * The fields of a 206 (§15.3.7): "Content-Range", and those that a 200 would have had. "If a 206
   * is generated in response to a request with an If-Range header field, the sender SHOULD NOT
   * generate other representation header fields beyond those required".
   */
  public static FieldList partial(Fields request, FieldList stored, Part part, long length) {
    FieldList.Builder fields = FieldList.builder();
    boolean has = request.contains("if-range");
    stored.keep(name -> !(has && OF_REPRESENTATION.contains(name))).forEach(fields::add);
    fields.add("content-range", "bytes " + part.first() + "-" + part.last() + "/" + length);
    return fields.build();
  }

  /**
   * The field of a 416: "a server that generates a 416 response to a byte-range request SHOULD
   * generate a Content-Range header field specifying the current length" (§15.5.17).
   */
  public static FieldList unsatisfiable(long length) {
    return FieldList.of("content-range", "bytes */" + length);
  }
}
