package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.rule.CacheControl.Directive;
import io.warmgate.httpcache.rule.CacheControl.Source;
import io.warmgate.httpcache.structured.Member;
import io.warmgate.httpcache.structured.StructuredFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Directives for some caches only, <a href="https://www.rfc-editor.org/rfc/rfc9213">RFC 9213</a>:
 * {@code Warmgate-Cache-Control} is for this gateway, {@code CDN-Cache-Control} for every cache
 * that an origin's owner put before it.
 */
public final class TargetedCacheControl {
  /** Meant for nobody else: it is not sent on. {@code CDN-Cache-Control} is (§3.1). */
  public static final String OURS = "warmgate-cache-control";

  /**
   * §2: "an ordered list of the targeted fields that a cache will use", the most specific first.
   */
  private static final List<String> TARGET_LIST = List.of(OURS, "cdn-cache-control");

  /** A value that no directive has: read as malformed, to the safe side. */
  private static final String NO_VALUE = "?";

  private TargetedCacheControl() {}

  /**
   * The directives that hold for a response.
   *
   * <p>§2.2: "When a cache that implements this specification receives a response with one or more
   * of the header field names on its target list, the cache MUST select the first (in target-list
   * order) field with a valid, non-empty value and use its value to determine the caching policy
   * for the response, and it MUST ignore the Cache-Control and Expires header fields in that
   * response, unless no valid, non-empty value is available from the listed header fields."
   */
  public static CacheControl.Response of(Fields response) {
    for (String name : TARGET_LIST) {
      if (response.contains(name)) {
        List<Directive> directives = directives(response.all(name));
        if (!directives.isEmpty()) {
          return CacheControl.response(directives, Source.TARGETED);
        }
      }
    }
    return CacheControl.response(response);
  }

  /**
   * §2.1: "If a targeted field in a given response is empty, or a parsing error is encountered,
   * that field MUST be ignored by the cache (i.e., it behaves as if the field were not present,
   * likely falling back to other cache-control mechanisms present)." Parameters are ignored.
   */
  private static List<Directive> directives(List<String> lines) {
    Map<String, Member> members = StructuredFields.dictionary(lines).orElse(Map.of());
    List<Directive> directives = new ArrayList<>(members.size());
    members.forEach(
        (name, member) -> {
          if (!member.equals(new Member.Flag(false))) {
            directives.add(new Directive(name, argument(name, member)));
          }
        });
    return directives;
  }

  private static @Nullable String argument(String name, Member member) {
    return switch (member) {
      case Member.Flag _ -> null;
      case Member.Int(long value) -> Long.toString(value);
      case Member.Text(String text) when takesFieldNames(name) -> text;
      case Member.Token(String text) when takesFieldNames(name) -> text;
      case Member.Text _, Member.Token _, Member.Other _, Member.InnerList _ -> NO_VALUE;
    };
  }

  private static boolean takesFieldNames(String directive) {
    return directive.equals("no-cache") || directive.equals("private");
  }
}
