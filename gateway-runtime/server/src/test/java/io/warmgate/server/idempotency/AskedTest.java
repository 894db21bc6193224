package io.warmgate.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.server.uri.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AskedTest {
  private static final Asked.Scope SCOPE = new Asked.Scope("wg:{u}:", "shop/orders", "0", "p");
  private static final MultiMap JSON = fields("content-type", "application/json");
  private static final Asked FIRST = asked(SCOPE, "k", "POST", target("/a", "x=1"), JSON, "{}");

  private static MultiMap fields(String... all) {
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < all.length; i += 2) {
      fields.add(all[i], all[i + 1]);
    }
    return fields;
  }

  private static Target target(String path, @Nullable String query) {
    return new Target("https", "shop.test", -1, path, query);
  }

  private static Asked asked(
      Asked.Scope scope, String key, String method, Target target, MultiMap fields, String body) {
    return Asked.of(scope, key, method, target, fields, Buffer.buffer(body));
  }

  @Test
  void theSameRequestIsTheSame() {
    MultiMap others =
        fields("content-type", "application/json", "traceparent", "00-1", "user-agent", "curl");
    assertThat(asked(SCOPE, "k", "POST", target("/a", "x=1"), others, "{}")).isEqualTo(FIRST);
    assertThat(FIRST.name()).matches("wg:\\{u}:[0-9a-f]{64}");
    assertThat(FIRST.fingerprint()).matches("[0-9a-f]{64}");
  }

  /** What makes another key of it: none of these can be told to have used another's. */
  @Test
  void keysAreApartByRuleCallerMethodAndPath() {
    Target at = target("/a", "x=1");
    List<Asked> others =
        List.of(
            asked(SCOPE, "l", "POST", at, JSON, "{}"),
            asked(SCOPE, "k", "PATCH", at, JSON, "{}"),
            asked(SCOPE, "k", "POST", target("/b", "x=1"), JSON, "{}"),
            asked(SCOPE, "k", "POST", at.withAuthority("other.test", -1), JSON, "{}"),
            asked(new Asked.Scope("wg:{v}:", "shop/orders", "0", "p"), "k", "POST", at, JSON, "{}"),
            asked(new Asked.Scope("wg:{u}:", "shop/other", "0", "p"), "k", "POST", at, JSON, "{}"),
            asked(new Asked.Scope("wg:{u}:", "shop/orders", "1", "p"), "k", "POST", at, JSON, "{}"),
            asked(
                new Asked.Scope("wg:{u}:", "shop/orders", "0", "q"), "k", "POST", at, JSON, "{}"));
    assertThat(others).extracting(Asked::name).doesNotContain(FIRST.name()).doesNotHaveDuplicates();
  }

  /** What makes another request of it, by the same key: 422. */
  @Test
  void requestsAreToldApartByQueryTypeAndContent() {
    Target at = target("/a", "x=1");
    List<Asked> others =
        List.of(
            asked(SCOPE, "k", "POST", target("/a", "x=2"), JSON, "{}"),
            asked(SCOPE, "k", "POST", target("/a", null), JSON, "{}"),
            asked(SCOPE, "k", "POST", at, fields("content-type", "text/plain"), "{}"),
            asked(SCOPE, "k", "POST", at, fields(), "{}"),
            asked(
                SCOPE,
                "k",
                "POST",
                at,
                fields("content-type", "application/json", "content-encoding", "gzip"),
                "{}"),
            asked(SCOPE, "k", "POST", at, JSON, "{ }"),
            asked(SCOPE, "k", "POST", at, JSON, ""));
    assertThat(others).extracting(Asked::name).containsOnly(FIRST.name());
    assertThat(others)
        .extracting(Asked::fingerprint)
        .doesNotContain(FIRST.fingerprint())
        .doesNotHaveDuplicates();
  }

  @Test
  void noPartPassesForTwo() {
    Target at = target("/a", null);
    Asked.Scope one = new Asked.Scope("wg:{u}:", "a", "bc", "");
    Asked.Scope two = new Asked.Scope("wg:{u}:", "ab", "c", "");
    assertThat(asked(one, "k", "POST", at, JSON, "").name())
        .isNotEqualTo(asked(two, "k", "POST", at, JSON, "").name());
  }

  /** Who reads Redis cannot try contents: the fingerprint has the key in it. */
  @Test
  void theSameContentHasAnotherFingerprintByAnotherKey() {
    assertThat(asked(SCOPE, "l", "POST", target("/a", "x=1"), JSON, "{}").fingerprint())
        .isNotEqualTo(FIRST.fingerprint());
  }
}
