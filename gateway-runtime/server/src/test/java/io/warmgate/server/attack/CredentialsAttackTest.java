package io.warmgate.server.attack;

import static io.warmgate.server.attack.Site.HONOR;
import static io.warmgate.server.attack.Site.answer;
import static io.warmgate.server.attack.Site.kept;
import static io.warmgate.server.attack.Site.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.server.listener.Raw;
import io.warmgate.server.listener.RawOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is one user's or one tenant's, and never another's. */
class CredentialsAttackTest {
  private static final Site SITE = new Site();
  private static final AtomicInteger PATHS = new AtomicInteger();

  @BeforeEach
  void honor() {
    SITE.serve(HONOR);
  }

  @AfterAll
  static void stop() {
    SITE.close();
  }

  private static String path() {
    return "/credentials/" + PATHS.incrementAndGet();
  }

  /** The answer names who asked. */
  private static void named(String field, String... fields) {
    SITE.answers(head -> answer(200, "of " + RawOrigin.field(head, field), List.of(fields), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cache-Control: max-age=60",
        "Cache-Control: public, max-age=60",
        "Cache-Control: s-maxage=60",
        "CDN-Cache-Control: max-age=60",
        "Expires: Fri, 01 Jan 2100 00:00:00 GMT",
      })
  void anAnswerThatSetsACookieIsNotShared(String freshness) {
    String path = path();
    SITE.answers(
        head ->
            answer(
                200,
                "welcome " + RawOrigin.field(head, "x-user"),
                List.of("Set-Cookie: session=" + RawOrigin.field(head, "x-user")),
                freshness));
    SITE.get(path, "X-User: alice");
    assertThat(SITE.get(path, "X-User: mallory").text()).doesNotContain("alice");
    assertThat(SITE.get(path).cacheStatus()).endsWith("detail=set-cookie");
  }

  @Test
  void aCookieThatTheOriginCallsPrivateIsNotKeptWithTheRest() {
    String path = path();
    for (String directive : List.of("private=\"x-user\"", "no-cache=\"x-user\"")) {
      SITE.answers(
          _ ->
              answer(
                  200,
                  "page",
                  List.of("X-User: alice"),
                  "Cache-Control: max-age=60, " + directive));
      SITE.get(path + directive.length());
      Answer second = SITE.get(path + directive.length());
      assertThat(second.body()).isEqualTo("page");
      if (second.isHit()) {
        assertThat(second.text()).as(directive).doesNotContain("alice");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Cache-Control: max-age=60 | false",
        "Cache-Control: max-age=60, private | false",
        "Expires: Fri, 01 Jan 2100 00:00:00 GMT | false",
        "Last-Modified: Sat, 01 Jan 2000 00:00:00 GMT | false",
        "Cache-Control: max-age=60, public | true",
        "Cache-Control: s-maxage=60 | true",
        "Cache-Control: max-age=60, must-revalidate | true",
      })
  void anAnswerToCredentialsIsSharedByLeaveAlone(String freshness, boolean leave) {
    named("authorization", freshness);
    String path = path();
    SITE.get(path, "Authorization: Bearer alice");
    assertThat(SITE.get(path, "Authorization: Bearer mallory").isHit()).isEqualTo(leave);
    if (!leave) {
      assertThat(SITE.get(path).text()).doesNotContain("alice");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?access_token=alice",
        "?id_token=alice",
        "?token=alice",
        "?a=1&api_key=alice",
        "?apikey=alice",
        "?apiKey=alice",
        "?sig=alice",
        "?signature=alice",
        "?X-Amz-Signature=alice",
        "?x-goog-signature=alice",
        "?PHPSESSID=alice",
        "?sid=alice",
        "?session_id=alice",
        "?access%5Ftoken=alice",
        "?%61ccess_token=alice",
        "?a=1;token=alice",
        "?token[]=alice",
        ";jsessionid=alice",
        ";JSESSIONID=alice/page",
        ";v=1;sid=alice?x=1",
        ";jsession%69d=alice",
      })
  void aCredentialInTheUrlCountsAsAuthorization(String credential) {
    String target = path() + credential;
    SITE.answers(head -> kept("of alice"));
    SITE.get(target);
    // Revoked: who holds the URL no more is not answered from the cache.
    SITE.answers(head -> answer(403, "revoked", List.of(), ""));
    Answer after = SITE.get(target);
    assertThat(after.text()).as(target).doesNotContain("of alice");
    SITE.answers(head -> kept("of alice"));
    assertThat(SITE.get(target).cacheStatus()).endsWith("detail=credentials-in-url");
    SITE.answers(head -> answer(200, "for all", List.of(), "Cache-Control: public, max-age=60"));
    SITE.get(target);
    assertThat(SITE.get(target).isHit()).as("with leave").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?page=1", "?key=1", "?author=1", "?page_token=1", "?assign=1", "?token", ";v=1"})
  void whatIsNoCredentialIsKept(String parameter) {
    SITE.answers(_ -> kept("page"));
    String target = path() + parameter;
    SITE.get(target);
    assertThat(SITE.get(target).isHit()).isTrue();
  }

  @Test
  void aCredentialThatTheKeyLeavesOutIsNotAskedWith() {
    SITE.serve(policy("'mode':'INCLUDE','names':['page']", ""));
    SITE.answers(
        head ->
            answer(
                200,
                head.contains("alice") ? "of alice" : "of nobody",
                List.of(),
                "Cache-Control: public, max-age=60"));
    String path = path();
    SITE.get(path + "?page=1&access_token=alice");
    assertThat(SITE.get(path + "?page=1&access_token=mallory").body()).isEqualTo("of nobody");
  }

  @Test
  void aPageByCookieWithoutFreshnessIsNotGuessedForOthers() {
    named("cookie", "Last-Modified: Sat, 01 Jan 2000 00:00:00 GMT");
    String path = path();
    SITE.get(path, "Cookie: user=alice");
    assertThat(SITE.get(path, "Cookie: user=mallory").text()).doesNotContain("alice");
    assertThat(SITE.get(path, "Cookie: user=mallory").cacheStatus()).endsWith("detail=cookie");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Vary: Cookie",
        "Vary: *",
        "Vary: Accept^Vary: cookie",
        "Vary: Accept,*",
        "Vary: Accept Cookie"
      })
  void varyIsObeyedHoweverItIsWritten(String vary) {
    List<String> fields = new ArrayList<>(List.of(vary.split("\\^")));
    fields.add("Cache-Control: max-age=60");
    named("cookie", fields.toArray(String[]::new));
    String path = path();
    SITE.get(path, "Cookie: user=alice");
    assertThat(SITE.get(path, "Cookie: user=mallory").text()).doesNotContain("alice");
    assertThat(SITE.get(path).text()).doesNotContain("alice");
  }

  @Test
  void tenantsThatAreKeyedLearnNothingOfEachOther() {
    SITE.serve(policy("'mode':'ALL','names':[]", "'authorization'"));
    named("authorization", "Cache-Control: max-age=60");
    String path = path();
    String debug = "Warmgate-Debug: cache-key";
    String alices = SITE.get(path, "Authorization: alice", debug).cacheStatus();
    assertThat(SITE.get(path, "Authorization: alice").isHit()).isTrue();
    Answer others = SITE.get(path, "Authorization: mallory", debug);
    assertThat(others.body()).isEqualTo("of mallory");
    assertThat(others.cacheStatus()).contains("fwd=uri-miss").doesNotContain(key(alices));
    assertThat(SITE.get(path, debug).cacheStatus())
        .contains("fwd=uri-miss")
        .doesNotContain(key(alices));
    assertThat(others.text()).doesNotContain("alice", "uid-1", "127.0.0.1", "g1");
  }

  private static String key(String cacheStatus) {
    int from = cacheStatus.indexOf("key=\"") + 5;
    return cacheStatus.substring(from, cacheStatus.indexOf('"', from));
  }

  /** Whoever waits for another's fetch gets nothing of an answer that is the other's alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cache-Control: private, max-age=60",
        "Set-Cookie: a=b",
        "Vary: Cookie",
        "Cache-Control: no-store"
      })
  void whoWaitedForAnAnswerThatIsAnothersAsksForItself(String fields) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    SITE.script(
        (_, head, connection) -> {
          asked.incrementAndGet();
          try {
            go.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          connection.send(
              answer(
                  200,
                  "of " + RawOrigin.field(head, "cookie"),
                  List.of(fields),
                  fields.startsWith("Cache") ? "" : "Cache-Control: max-age=60"));
        });
    String path = path();
    List<Raw> clients = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Raw client = new Raw(SITE.pod.port);
      clients.add(client.send(Site.request("GET", path, "Cookie: user" + i)));
      await().atMost(10, TimeUnit.SECONDS).until(() -> asked.get() >= 1);
    }
    go.countDown();
    for (int i = 0; i < 10; i++) {
      assertThat(new Answer(clients.get(i).readAll()).body()).isEqualTo("of user" + i);
    }
  }
}
