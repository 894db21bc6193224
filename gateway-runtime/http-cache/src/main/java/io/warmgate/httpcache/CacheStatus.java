package io.warmgate.httpcache;

import io.warmgate.httpcache.Reason.Forwarded;
import org.jspecify.annotations.Nullable;

/**
 * What the cache tells about an answer, <a href="https://www.rfc-editor.org/rfc/rfc9211">RFC
 * 9211</a>: one member of the {@code Cache-Status} list, to be appended after those of caches
 * nearer to the origin (§2).
 *
 * @param reason where it says that the request was forwarded, {@code fwd} (§2.2), else {@code hit}
 *     (§2.1)
 * @param forward what became of a forwarded request; null for a hit
 * @param ttlSeconds §2.4, freshness left, negative when stale; null where there is none to tell
 * @param key §2.7, for whoever debugs; null: not shown
 * @param partition the begin of the digest that says whose the answer is, for whoever debugs too,
 *     in a parameter of our own (§2: such have "an implementation-specific identifier" in their
 *     name); null: everybody's, or not shown
 */
public record CacheStatus(
    Reason reason,
    @Nullable Forward forward,
    @Nullable Long ttlSeconds,
    @Nullable String key,
    @Nullable String partition) {
  /** Enough to tell partitions apart, and less than their digest. */
  private static final int PARTITION_DIGITS = 16;

  /**
   * A forwarded request.
   *
   * @param status §2.3, the origin's; null where it did not answer, or the client got the same
   * @param kept what became of the response
   * @param collapsed §2.6: it waited for another request's fetch
   */
  public record Forward(@Nullable Integer status, Kept kept, boolean collapsed) {}

  /** Whether a response was stored (§2.5). */
  public sealed interface Kept {}

  /** It was, by this request or by the one that it waited for, or its end will tell. */
  public enum Stored implements Kept {
    HERE,
    ELSEWHERE,
    UNDECIDED
  }

  /** It was not. */
  public record NotStored(Reason why) implements Kept {}

  /** Of an answer out of the cache without asking the origin. */
  public static CacheStatus hit(Decision.Serve serve) {
    return new CacheStatus(serve.reason(), null, serve.ttlSeconds(), null, null);
  }

  /** Of an answer to a request that was forwarded. */
  public static CacheStatus forwarded(Reason reason, Forward forward, @Nullable Long ttlSeconds) {
    return new CacheStatus(reason, forward, ttlSeconds, null, null);
  }

  /** The same, with the key shown. */
  public CacheStatus withKey(String shown) {
    return new CacheStatus(reason, forward, ttlSeconds, shown, partition);
  }

  /**
   * The same, with the begin of a partition's digest shown.
   *
   * @param digest null: everybody's
   */
  public CacheStatus withPartition(@Nullable String digest) {
    String begin =
        digest == null ? null : digest.substring(0, Math.min(PARTITION_DIGITS, digest.length()));
    return new CacheStatus(reason, forward, ttlSeconds, key, begin);
  }

  /**
   * As it is sent. {@code detail} (§2.8) is why the answer is what it is: where it was forwarded
   * and not stored, why it was not stored.
   *
   * @param cache this cache's name, a token
   */
  public String render(String cache) {
    StringBuilder out = new StringBuilder(64).append(cache);
    @Nullable Forwarded why = reason.forwarded();
    out.append(why == null ? "; hit" : "; fwd=" + why.token());
    if (forward != null) {
      if (forward.status() != null) {
        out.append("; fwd-status=").append((int) forward.status());
      }
      if (forward.kept() == Stored.HERE) {
        out.append("; stored");
      }
      if (forward.collapsed()) {
        out.append("; collapsed");
      }
    }
    if (ttlSeconds != null) {
      out.append("; ttl=").append((long) ttlSeconds);
    }
    if (key != null) {
      quoted(out.append("; key="), key);
    }
    if (partition != null) {
      quoted(out.append("; warmgate-partition="), partition);
    }
    Reason detail =
        forward != null && forward.kept() instanceof NotStored(Reason notStored)
            ? notStored
            : reason;
    return out.append("; detail=").append(detail.token()).toString();
  }

  /** RFC 9651 §3.3.3: printable ASCII; others are shown as a question mark. */
  private static void quoted(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c < 0x20 || c > 0x7e ? '?' : c);
    }
    out.append('"');
  }
}
