package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.Fields;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The directives of {@code Cache-Control}, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-5.2">RFC 9111 §5.2</a>.
 *
 * <p>Where a value is not what its directive asks for, or a directive occurs twice, the reading is
 * the one that keeps a response for less time; unknown directives are ignored (§5.2.3).
 */
public final class CacheControl {
  /** A directive with a number is not there. */
  public static final long ABSENT = -1;

  /** §1.2.2: what "cannot be represented" counts as. */
  static final long MAX_SECONDS = 1L << 31;

  private static final String NAME = "cache-control";
  private static final Request NO_REQUEST = new Request(Set.of(), ABSENT, ABSENT, ABSENT, ABSENT);

  private CacheControl() {}

  /** Directives without a number. */
  public enum Flag {
    NO_CACHE,
    NO_STORE,
    ONLY_IF_CACHED,
    PRIVATE,
    PUBLIC,
    MUST_REVALIDATE,
    PROXY_REVALIDATE,
    MUST_UNDERSTAND
  }

  /**
   * §5.2.1; numbers are seconds or {@link #ABSENT}. Those that cannot be read are absent: a
   * client's directives are advisory.
   *
   * @param maxStale {@link Long#MAX_VALUE} where it has no value: any staleness
   * @param staleIfError RFC 5861 §4
   */
  public record Request(
      Set<Flag> flags, long maxAge, long minFresh, long maxStale, long staleIfError) {
    public boolean has(Flag flag) {
      return flags.contains(flag);
    }
  }

  /**
   * §5.2.2.
   *
   * @param flags {@code NO_CACHE} and {@code PRIVATE} only where they name no fields
   * @param noCacheFields what {@code no-cache="…"} names, lower-case
   * @param privateFields what {@code private="…"} names, lower-case
   * @param field that they were read from
   */
  public record Response(
      Set<Flag> flags,
      Numbers numbers,
      Set<String> noCacheFields,
      Set<String> privateFields,
      Source field) {
    public boolean has(Flag flag) {
      return flags.contains(flag);
    }

    public long maxAge() {
      return numbers.maxAge();
    }

    public long sharedMaxAge() {
      return numbers.sharedMaxAge();
    }
  }

  /**
   * Seconds or {@link #ABSENT}.
   *
   * @param staleWhileRevalidate RFC 5861 §3
   * @param staleIfError RFC 5861 §4
   */
  public record Numbers(
      long maxAge, long sharedMaxAge, long staleWhileRevalidate, long staleIfError) {}

  /** Where a response's directives come from. */
  public enum Source {
    CACHE_CONTROL,
    /** RFC 9213: {@code Cache-Control} and {@code Expires} do not count beside it. */
    TARGETED
  }

  public static Request request(Fields fields) {
    if (!fields.contains(NAME)) {
      // §5.4: "no-cache" in Pragma was HTTP/1.0's; it counts where nothing newer is said.
      return ListMembers.lowerCase(fields.all("pragma")).contains("no-cache")
          ? new Request(Set.of(Flag.NO_CACHE), ABSENT, ABSENT, ABSENT, ABSENT)
          : NO_REQUEST;
    }
    EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
    long maxAge = ABSENT;
    long minFresh = ABSENT;
    long maxStale = ABSENT;
    long staleIfError = ABSENT;
    for (String member : ListMembers.of(fields.all(NAME))) {
      Directive directive = Directive.of(member);
      switch (directive.name()) {
        case "no-cache" -> flags.add(Flag.NO_CACHE);
        case "no-store" -> flags.add(Flag.NO_STORE);
        case "only-if-cached" -> flags.add(Flag.ONLY_IF_CACHED);
        case "max-age" -> maxAge = least(maxAge, directive.seconds());
        case "min-fresh" -> minFresh = Math.max(minFresh, directive.seconds());
        // "If no value is assigned to max-stale, then the client will accept a stale response of
        // any age."
        case "max-stale" ->
            maxStale =
                least(
                    maxStale, directive.argument() == null ? Long.MAX_VALUE : directive.seconds());
        case "stale-if-error" -> staleIfError = least(staleIfError, directive.seconds());
        default -> {}
      }
    }
    return new Request(flags, maxAge, minFresh, maxStale, staleIfError);
  }

  /** Of {@code Cache-Control} alone; {@link TargetedCacheControl#of} knows which field counts. */
  static Response response(Fields fields) {
    return response(
        ListMembers.of(fields.all(NAME)).stream().map(Directive::of).toList(),
        Source.CACHE_CONTROL);
  }

  static Response response(List<Directive> directives, Source source) {
    EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
    long maxAge = ABSENT;
    long sharedMaxAge = ABSENT;
    long staleWhileRevalidate = ABSENT;
    long staleIfError = ABSENT;
    Set<String> noCacheFields = new TreeSet<>();
    Set<String> privateFields = new TreeSet<>();
    for (Directive directive : directives) {
      // §4.2.1: "Caches are encouraged to consider responses that have invalid freshness
      // information (e.g., a max-age directive with non-integer content) to be stale."
      long seconds = Math.max(0, directive.seconds());
      switch (directive.name()) {
        case "no-store" -> flags.add(Flag.NO_STORE);
        case "public" -> flags.add(Flag.PUBLIC);
        case "must-revalidate" -> flags.add(Flag.MUST_REVALIDATE);
        case "proxy-revalidate" -> flags.add(Flag.PROXY_REVALIDATE);
        case "must-understand" -> flags.add(Flag.MUST_UNDERSTAND);
        case "no-cache" -> qualified(directive, flags, Flag.NO_CACHE, noCacheFields);
        case "private" -> qualified(directive, flags, Flag.PRIVATE, privateFields);
        case "max-age" -> maxAge = least(maxAge, seconds);
        case "s-maxage" -> sharedMaxAge = least(sharedMaxAge, seconds);
        case "stale-while-revalidate" ->
            staleWhileRevalidate = least(staleWhileRevalidate, seconds);
        case "stale-if-error" -> staleIfError = least(staleIfError, seconds);
        default -> {}
      }
    }
    return new Response(
        flags,
        new Numbers(maxAge, sharedMaxAge, staleWhileRevalidate, staleIfError),
        noCacheFields,
        privateFields,
        source);
  }

  /**
   * §4.2.1: "When there is more than one value present for a given directive [...], either the
   * first occurrence should be used or the response should be considered stale." The least is never
   * later stale than the first.
   */
  private static long least(long seen, long value) {
    return value == ABSENT ? seen : seen == ABSENT ? value : Math.min(seen, value);
  }

  /** §5.2.2.4, §5.2.2.7: with field names it is about those fields, without about the response. */
  private static void qualified(
      Directive directive, Set<Flag> flags, Flag flag, Set<String> fieldNames) {
    List<String> names =
        directive.argument() == null
            ? List.of()
            : ListMembers.lowerCase(List.of(directive.argument()));
    if (names.isEmpty() || !names.stream().allMatch(CacheControl::isToken)) {
      flags.add(flag);
    } else {
      fieldNames.addAll(names);
    }
  }

  /** RFC 9110 §5.6.2. */
  static boolean isToken(String text) {
    return text.chars()
        .allMatch(
            c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  /** Non-negative delta-seconds (§1.2.2), {@link #ABSENT} where it is something else. */
  static long deltaSeconds(String digits) {
    if (digits.isEmpty()) {
      return ABSENT;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return ABSENT;
      }
      // "If a cache receives a delta-seconds value greater than the greatest integer it can
      // represent [...] the cache MUST consider the value to be 2147483648 (2^31) or the greatest
      // positive integer it can conveniently represent."
      value = Math.min(MAX_SECONDS, value * 10 + (c - '0'));
    }
    return value;
  }

  /**
   * §5.2: "cache-directive = token [ "=" ( token / quoted-string ) ]"; "For the directives defined
   * below that define arguments, recipients ought to accept both forms, even if a specific form is
   * required for generation."
   *
   * @param name lower-case
   * @param argument null where there is no equals sign; of a quoted string its content
   */
  record Directive(String name, @Nullable String argument) {

    static Directive of(String member) {
      int equals = member.indexOf('=');
      if (equals < 0) {
        return new Directive(member.toLowerCase(Locale.ROOT), null);
      }
      String name = ListMembers.trim(member.substring(0, equals)).toLowerCase(Locale.ROOT);
      String argument = member.substring(equals + 1);
      return new Directive(name, argument.startsWith("\"") ? unquote(argument) : argument);
    }

    long seconds() {
      return argument == null ? ABSENT : deltaSeconds(argument);
    }

    /** What follows a closing quote, or a quote that never closes, stays visible as malformed. */
    private static String unquote(String quoted) {
      StringBuilder content = new StringBuilder();
      for (int i = 1; i < quoted.length(); i++) {
        char c = quoted.charAt(i);
        if (c == '"') {
          return i == quoted.length() - 1 ? content.toString() : quoted;
        }
        if (c == '\\' && i + 1 < quoted.length()) {
          c = quoted.charAt(++i);
        }
        content.append(c);
      }
      return quoted;
    }
  }
}
