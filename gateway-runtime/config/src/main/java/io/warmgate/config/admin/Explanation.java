package io.warmgate.config.admin;

import io.warmgate.config.CacheRule;
import io.warmgate.config.admin.ExplainRequest.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pod would do with a request now. Holds no credential: values that are, or may be one, are
 * {@code ***}.
 *
 * @param atMillis when, since the epoch
 * @param target the normalised URL that is routed, keyed and forwarded; null where it cannot be
 *     read
 * @param routed null where no route takes it
 * @param decided what would become of it in the end
 * @param cached null where the request does not come to the cache
 * @param origin null where the backend was not asked
 */
public record Explanation(
    long atMillis,
    @Nullable String target,
    @Nullable Routed routed,
    Decided decided,
    @Nullable Cached cached,
    @Nullable OriginAnswer origin) {

  /**
   * Where the request is routed to.
   *
   * @param route {@code namespace/name} of the ApiRoute
   * @param release of the route; null where it has one alone
   * @param rule its name or index
   * @param shares the rule's backends
   */
  public record Routed(
      String listener, String route, @Nullable String release, String rule, List<Share> shares) {
    public Routed {
      shares = List.copyOf(shares);
    }
  }

  /**
   * A share of a rule.
   *
   * @param chosen whether the explanation is of this one: requests are spread by weight
   */
  public record Share(String backend, int weight, String generation, boolean chosen) {}

  /**
   * A rule that decided.
   *
   * @param token stable: {@code detail} of {@code Cache-Status}, {@code reason} of the access log
   * @param source section of an RFC, or {@code gateway: …}
   * @param text for people, goes after "because"
   * @param cure what to do about it; null: nothing
   */
  public record Why(String token, String source, String text, @Nullable String cure) {}

  /**
   * What would be done.
   *
   * @param notStored why the backend's answer would not be kept, whatever it is; null: its answer
   *     decides, or there is none
   */
  public record Decided(Action action, Why why, @Nullable Why notStored) {}

  /** What can be done with a request. */
  public enum Action {
    /** Answered from an entry. */
    SERVE,
    /** Answered from a stale entry, and the backend is asked meanwhile. */
    SERVE_AND_REVALIDATE,
    /** The backend is asked whether the entry is still right. */
    VALIDATE,
    /** The backend is asked, and its answer is kept where it may be. */
    FORWARD,
    /** The backend is asked, and its answer is not kept. */
    PASS,
    /** Answered by the gateway without an entry: an error, a redirect, a preflight. */
    ANSWER
  }

  /**
   * The cache's part.
   *
   * @param policy what holds for the rule; null: no CachePolicy reaches it
   * @param key null where none is made
   * @param memory null where it is not looked at
   * @param redis null where it is not looked at
   * @param history null where the pod remembers nothing of the key
   */
  public record Cached(
      @Nullable CacheRule policy,
      @Nullable Key key,
      @Nullable Layer memory,
      @Nullable Layer redis,
      @Nullable History history) {}

  /**
   * What is keyed.
   *
   * @param hash SHA-256 in hexadecimal, as {@code Warmgate-Debug: cache-key} shows it
   * @param query the part that is kept, in its canonical form where the answers that are known vary
   *     by less ({@code No-Vary-Search}); null: none
   * @param queryAsked as the client sent it; null: none
   * @param headers values in their normal form; absent fields are left out
   * @param cookies the keyed ones
   * @param partition digest of the credentials; null: everybody shares
   * @param variant the fields that {@code Vary} named, as this request has them
   */
  public record Key(
      String hash,
      String generation,
      String method,
      String scheme,
      String authority,
      String path,
      @Nullable String query,
      @Nullable String queryAsked,
      List<Field> headers,
      List<Field> cookies,
      @Nullable String partition,
      List<Field> variant) {
    public Key {
      headers = List.copyOf(headers);
      cookies = List.copyOf(cookies);
      variant = List.copyOf(variant);
    }
  }

  /**
   * A layer, looked at by itself.
   *
   * @param entry also where it may not be used; null: there is none
   * @param purgedAtMillis when the latest purge was made that names the entry; null: none does
   * @param decided what would be done if there were this layer alone; null where it cannot be asked
   */
  public record Layer(
      State state,
      @Nullable Entry entry,
      @Nullable Long purgedAtMillis,
      @Nullable Decided decided) {}

  /** What a layer has. */
  public enum State {
    /** An entry. */
    FOUND,
    NOTHING,
    /** Entries for other values of the fields that {@code Vary} names. */
    OTHER_VARIANT,
    /** An entry that a purge made go. */
    PURGED,
    /** Something that is no entry of this key. */
    UNREADABLE,
    /** Redis does not answer in time, or its log of purges cannot be read: it is not used now. */
    AWAY,
    /** The gateway has no such layer. */
    NONE
  }

  /**
   * An entry.
   *
   * @param headers as stored; {@code Set-Cookie} never is
   * @param bodyBytes of its content
   * @param ageMillis RFC 9111 §4.2.3
   * @param lifetimeMillis RFC 9111 §4.2.1
   * @param freshMillis freshness left; not above 0 when stale
   * @param staleWhileRevalidateMillis how long beyond that it is served meanwhile
   * @param staleIfErrorMillis how long beyond that it stands in for an error
   * @param constraints {@code NO_CACHE}, {@code MUST_REVALIDATE}
   * @param receivedAtMillis when its response, or the last validation, was received
   * @param position what of the purges had been applied when its request was sent
   */
  public record Entry(
      int status,
      List<Field> headers,
      List<String> tags,
      String generation,
      long bodyBytes,
      long ageMillis,
      long lifetimeMillis,
      long freshMillis,
      long staleWhileRevalidateMillis,
      long staleIfErrorMillis,
      List<String> constraints,
      long receivedAtMillis,
      String position) {
    public Entry {
      headers = List.copyOf(headers);
      tags = List.copyOf(tags);
      constraints = List.copyOf(constraints);
    }
  }

  /**
   * What the pod remembers of earlier requests.
   *
   * @param notStored why the last answer was not kept; null: unknown, or it was
   * @param uses how often it was asked for, where the policy has {@code minUses}; else null
   */
  public record History(@Nullable Why notStored, @Nullable Integer uses) {}

  /**
   * What the backend answers now.
   *
   * @param status 0 where there was no answer
   * @param headers of the answer, without {@code Set-Cookie}'s value
   * @param problem why there was none; null: there was
   * @param stored whether it would be kept
   * @param why it would, or would not; null where there was no answer
   * @param lifetimeMillis for which it would be fresh; null where it is not kept
   */
  public record OriginAnswer(
      int status,
      List<Field> headers,
      long tookMillis,
      @Nullable String problem,
      boolean stored,
      @Nullable Why why,
      @Nullable Long lifetimeMillis) {
    public OriginAnswer {
      headers = List.copyOf(headers);
    }
  }
}
