package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's conditions, evaluated on an entry: <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2">RFC 9111 §4.3.2</a> and <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-13">RFC 9110 §13</a>.
 */
public final class Preconditions {
  /**
   * The fields that are evaluated here, and so are taken off what the origin is asked: an answer to
   * one client's condition, or a part of one, is no answer for the others.
   */
  public static final Set<String> EVALUATED_HERE =
      Set.of("if-none-match", "if-modified-since", "range", "if-range");

  /** RFC 9110 §15.4.5: metadata of a content that a 304 has not. */
  private static final Set<String> OF_CONTENT =
      Set.of(
          "content-encoding",
          "content-language",
          "content-length",
          "content-range",
          "content-type");

  private Preconditions() {}

  /**
   * RFC 9111 §4.3.2: "the If-Match and If-Unmodified-Since conditional header fields are not
   * applicable to a cache": the origin alone knows the current representation.
   */
  static boolean areOrigins(Fields request) {
    return request.contains("if-match") || request.contains("if-unmodified-since");
  }

  /** Whether the client already has what would be sent: the answer is a 304. */
  public static boolean clientHasIt(Fields request, int status, Fields response, long now) {
    // RFC 9111 §4.3.2: "If a cache receives a request that can be satisfied by reusing a stored
    // 200 (OK) [...] response, as per Section 4, the cache SHOULD evaluate any applicable
    // conditional header field preconditions".
    if (status != 200) {
      return false;
    }
    List<String> noneMatch = request.all("if-none-match");
    // RFC 9110 §13.1.3: "A recipient MUST ignore If-Modified-Since if the request contains an
    // If-None-Match header field".
    return noneMatch.isEmpty()
        ? notModifiedSince(request, response, now)
        : matches(noneMatch, response);
  }

  /** The fields of a 304 made from an entry (RFC 9110 §15.4.5). */
  public static FieldList notModified(FieldList stored) {
    boolean hasTag = stored.contains("etag");
    return stored.keep(
        name -> !OF_CONTENT.contains(name) && !(hasTag && name.equals("last-modified")));
  }

  /**
   * RFC 9110 §13.1.5: "A recipient of an If-Range header field MUST ignore the Range header field
   * if the If-Range condition evaluates to false." Both of its forms ask for an exact match by a
   * strong validator; a date is one where it is a second at least before {@code Date} (§8.8.2.2).
   */
  static boolean ifRangeHolds(Fields request, Fields stored, long now) {
    List<String> lines = request.all("if-range");
    if (lines.isEmpty()) {
      return true;
    }
    String validator = ListMembers.trim(lines.getFirst());
    if (lines.size() > 1) {
      return false;
    }
    if (validator.startsWith("\"") || EntityTag.isWeak(validator)) {
      @Nullable String tag = stored.first("etag");
      return tag != null && EntityTag.stronglyMatches(validator, tag);
    }
    @Nullable String modified = stored.first("last-modified");
    if (modified == null || !modified.equals(validator)) {
      return false;
    }
    OptionalLong millis = HttpDate.parse(modified, now);
    OptionalLong made = HttpDate.parse(Objects.requireNonNullElse(stored.first("date"), ""), now);
    return millis.isPresent() && made.isPresent() && made.getAsLong() - millis.getAsLong() >= 1000;
  }

  private static boolean matches(List<String> noneMatch, Fields response) {
    List<String> members = ListMembers.of(noneMatch);
    // "If the field value is "*", the condition is false if the origin server has a current
    // representation for the target resource."
    if (members.equals(List.of("*"))) {
      return true;
    }
    @Nullable String tag = response.first("etag");
    // "A recipient MUST use the weak comparison function when comparing entity tags for
    // If-None-Match".
    return tag != null && members.stream().anyMatch(member -> EntityTag.weaklyMatches(member, tag));
  }

  private static boolean notModifiedSince(Fields request, Fields response, long now) {
    List<String> lines = request.all("if-modified-since");
    // "A recipient MUST ignore the If-Modified-Since header field if the received field value is
    // not a valid HTTP-date, the field value has more than one member, or if the request method is
    // neither GET nor HEAD."
    if (lines.size() != 1) {
      return false;
    }
    OptionalLong since = HttpDate.parse(ListMembers.trim(lines.getFirst()), now);
    if (since.isEmpty()) {
      return false;
    }
    @Nullable String lastModified = response.first("last-modified");
    if (lastModified != null) {
      OptionalLong modified = HttpDate.parse(lastModified, now);
      return modified.isPresent() && modified.getAsLong() <= since.getAsLong();
    }
    // RFC 9111 §4.3.2: "If a request contains an If-Modified-Since header field and the
    // Last-Modified header field is not present in a stored response, a cache SHOULD use the
    // stored response's Date field value [...] to evaluate the conditional."
    @Nullable String date = response.first("date");
    OptionalLong made = date == null ? OptionalLong.empty() : HttpDate.parse(date, now);
    return made.isPresent() && made.getAsLong() <= since.getAsLong();
  }
}
