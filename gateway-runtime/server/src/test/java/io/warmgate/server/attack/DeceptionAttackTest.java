package io.warmgate.server.attack;

import static io.warmgate.server.attack.Site.HONOR;
import static io.warmgate.server.attack.Site.answer;
import static io.warmgate.server.attack.Site.kept;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.server.listener.RawOrigin;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Web cache deception: the victim is lured to a link that its own page is served under, and the
 * attacker asks for the same after it. Here the victim comes first.
 */
class DeceptionAttackTest {
  private static final Site SITE = new Site();
  private static final AtomicInteger PATHS = new AtomicInteger();

  /** The worst of policies: what says nothing of its freshness is kept for an hour. */
  private static final String EAGER =
      HONOR.replace("{'query'", "{'defaultTtlMillis':3600000,'query'");

  @AfterAll
  static void stop() {
    SITE.close();
  }

  /** Everything below /account is the account of who asks, whatever follows. */
  private static void accounts(String... fields) {
    SITE.answers(
        head ->
            answer(
                200,
                "account of "
                    + RawOrigin.field(head, "cookie")
                    + RawOrigin.field(head, "authorization"),
                List.of(fields),
                ""));
  }

  private static void assertNotDeceived(String target, String credential) {
    String unique = "/" + PATHS.incrementAndGet() + target;
    Answer victims = SITE.get(unique, credential);
    if (victims.status() == 200) {
      assertThat(victims.body()).contains("alice");
    }
    assertThat(SITE.get(unique).text()).as(target).doesNotContain("alice");
    assertThat(SITE.get(unique, credential.replace("alice", "mallory")).text())
        .doesNotContain("alice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/account",
        "/account/x.css",
        "/account/x.js",
        "/account.css",
        "/account;x.css",
        "/account%0Ax.css",
        "/account%3Bx.css",
        "/account%3Fx.css",
        "/account%23x.css",
        "/account%00x.css",
        "/static/..%2faccount",
        "/static/%2e%2e/account",
        "/static/../account",
        "/static//../account",
        "/account/%2e%2e/account/logo.png",
        "/account?x=.js",
        "/account?x.css",
        "/account/robots.txt",
        "/account/favicon.ico",
        "/account/index.html",
        "/robots.txt/..%2faccount",
        "//account/x.css",
      })
  void aSuffixMakesNoPageStatic(String target) {
    for (String policy : List.of(HONOR, EAGER)) {
      SITE.serve(policy);
      accounts("Last-Modified: Sat, 01 Jan 2000 00:00:00 GMT", "Content-Type: text/html");
      assertNotDeceived(target, "Cookie: session=alice");
      assertNotDeceived(target, "Authorization: Bearer alice");
      accounts();
      assertNotDeceived(target, "Cookie: session=alice");
      accounts("Cache-Control: private, max-age=60");
      assertNotDeceived(target, "Cookie: session=alice");
      accounts("Cache-Control: no-store, max-age=60");
      assertNotDeceived(target, "Cookie: session=alice");
      accounts("Cache-Control: max-age=60", "Vary: Cookie, Authorization");
      assertNotDeceived(target, "Cookie: session=alice");
    }
  }

  @Test
  void aPathIsRoutedKeyedAndForwardedInOneForm() {
    SITE.serve(EAGER);
    SITE.answers(head -> answer(200, "alice", List.of(), ""));
    // The rule below /uncached has no cache policy, however its path is written.
    for (String target :
        List.of(
            "/uncached/x.css", "/static/../uncached", "/static/%2e%2e/uncached/x", "/%75ncached")) {
      assertThat(SITE.get(target).cacheStatus())
          .as(target)
          .isEqualTo("warmgate; fwd=bypass; detail=no-policy");
    }
    assertThat(SITE.asked()).contains("GET /uncached HTTP/1.1", "GET /uncached/x HTTP/1.1");
    assertThat(SITE.get("/static/..%2funcached").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Type: text/css", "Content-Type: image/png", "Content-Type: text/html"})
  void theTypeOfAnAnswerMakesItNobodyElses(String type) {
    SITE.serve(EAGER);
    accounts(type);
    assertNotDeceived("/account/x.css", "Cookie: session=alice");
    SITE.answers(_ -> kept("style", type));
    String style = "/style/" + type.length();
    SITE.get(style);
    assertThat(SITE.get(style).isHit()).as("what is for all still is").isTrue();
  }
}
