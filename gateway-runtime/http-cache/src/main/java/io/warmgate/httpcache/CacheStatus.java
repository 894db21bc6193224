package io.warmgate.httpcache;

import io.warmgate.httpcache.Reason.Forwarded;
import org.jspecify.annotations.Nullable;

/**
 * What the cache tells about an answer, <a href="https://www.rfc-editor.org/rfc/rfc9211">RFC
 * 9211</a>: one member of the {@code Cache-Status} list, to be appended after those of caches
 * nearer to the origin (§2).
 *
 * @param reason rendered as {@code detail}; where it says that the request was forwarded, also
 *     {@code fwd} (§2.2), else {@code hit} (§2.1)
 * @param forward what became of a forwarded request; null for a hit or a refusal
 * @param ttlSeconds §2.4, freshness left, negative when stale; null where there is none to tell
 * @param key §2.7, for whoever debugs; null: not shown
 */
public record CacheStatus(
    Reason reason, @Nullable Forward forward, @Nullable Long ttlSeconds, @Nullable String key) {

  /**
   * A forwarded request.
   *
   * @param status §2.3, the origin's; null where it did not answer, or the client got the same
   * @param stored §2.5
   * @param collapsed §2.6: it waited for another request's fetch
   */
  public record Forward(@Nullable Integer status, boolean stored, boolean collapsed) {}

  /** Of an answer out of the cache without asking the origin. */
  public static CacheStatus hit(Decision.Serve serve) {
    return new CacheStatus(serve.reason(), null, serve.ttlSeconds(), null);
  }

  /** The same, with the key shown. */
  public CacheStatus withKey(String shown) {
    return new CacheStatus(reason, forward, ttlSeconds, shown);
  }

  /**
   * As it is sent.
   *
   * @param cache this cache's name, a token
   */
  public String render(String cache) {
    StringBuilder out = new StringBuilder(64).append(cache);
    @Nullable Forwarded why = reason.forwarded();
    if (why != null) {
      out.append("; fwd=").append(why.token());
    } else if (forward == null && ttlSeconds != null) {
      out.append("; hit");
    }
    if (forward != null) {
      if (forward.status() != null) {
        out.append("; fwd-status=").append((int) forward.status());
      }
      if (forward.stored()) {
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
    return out.append("; detail=").append(reason.token()).toString();
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
