package io.warmgate.server.attack;

import static io.warmgate.server.attack.Site.HONOR;
import static io.warmgate.server.attack.Site.policy;
import static io.warmgate.server.attack.Site.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that two programs read differently. */
class TargetAttackTest {
  private static final Sites SITES = new Sites();

  @BeforeEach
  void echo() {
    SITES.serve(HONOR, "");
    SITES.answers(Site::kept);
    SITES.forget();
  }

  @AfterAll
  static void stop() {
    SITES.close();
  }

  /** Two paths share an answer only where the origin is sent the same bytes for both. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "/1/a%2Fb         | /1/a/b",
        "/2/../2/a        | /2/a",
        "/3/x/..%2Fa      | /3/a",
        "/4/x/%2e%2e/a    | /4/a",
        "//5/a            | /5/a",
        "/6//a            | /6/a",
        "/7/a\\b          | /7/a/b",
        "/8/a;x=1         | /8/a",
        "/9/a%3Bx=1       | /9/a;x=1",
        "/10/a%00.css     | /10/a",
        "/11/a%0A         | /11/a",
        "/12/a#evil       | /12/a",
        "/13/a%23         | /13/a",
        "/14/A            | /14/a",
        "/15/a/           | /15/a",
        "/16/a%3Fq=1      | /16/a?q=1",
        "/17/a%20         | /17/a",
        "/18/%61          | /18/a",
        "/19/a%            | /19/a",
        "/20/%E2%80%A5/a  | /20/a",
        "/21/a.           | /21/a",
        "/22/a%252e       | /22/a%2e",
        "http://evil.example/23 | /23",
        "/24?             | /24",
        "/25?b=1&a=1      | /25?a=1&b=1",
        "/26?a=1&a=2      | /26?a=2&a=1",
        "/27?a=1;b=2      | /27?a=1&b=2",
        "/28?a=%          | /28?a=%25",
        "/29?a=1&         | /29?a=1",
        "/30?A=1          | /30?a=1",
        "/31?a=%31        | /31?a=1",
        "/32?a=+          | /32?a=%20",
      })
  void twoTargetsAreOneOnlyWhereTheOriginSeesOne(String attackers, String victims) {
    // The echo has the request line: whose answer is shared was asked for in the same bytes.
    SITES.spares(request("GET", attackers), victims);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%2Fb",
        "/a%5Cb",
        "/a\\b",
        "/a%00",
        "/a#b",
        "/../a",
        "/%2e%2e/a",
        "/a%2",
        "/a%zz",
        "*",
        "a"
      })
  void whatCanBeReadInTwoWaysIsRefusedAndNobodyAsked(String target) {
    int before = SITES.attacked.origin.heads.size();
    assertThat(SITES.attacked.get(target).status()).isEqualTo(400);
    assertThat(SITES.attacked.origin.heads).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: shop.example.com:1337",
        "Host: shop.example.com.evil.example",
        "Host: evil.example",
        "Host: SHOP.example.com:80",
        "Host: shop.example.com.",
      })
  void anotherHostIsAnotherKey(String host) {
    String path = "/host/" + host.length();
    SITES.spares(request("GET", path, host), path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/q1?a=1&utm_source=evil",
        "/q1?utm_source=evil&a=1",
        "/q1?a=1&utm_source=x&utm_source=evil",
        "/q1?a=1&utm%5Fsource=evil",
        "/q1?a=1&%75tm_source=evil",
      })
  void aParameterThatTheKeyLeavesOutIsNotAskedFor(String target) {
    SITES.serve(policy("'mode':'EXCLUDE','names':['utm_*']", ""), "");
    Answer victims = SITES.spares(request("GET", target), "/q1?a=1");
    assertThat(victims.isHit()).isTrue();
    assertThat(SITES.attacked.asked()).noneMatch(line -> line.contains("evil"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?page=1&utm_content=x;callback=evil",
        "?page=1&utm_content=x%26callback=evil",
        "?page=1&utm_%FF=evil",
        "?page=1&utm_x%3Bcallback=evil",
        "?page=1;callback=evil",
        "?page=1&page=evil",
        "?page=1&page[]=evil",
        "?page=1%00&callback=evil",
        "?page=1&callback=evil",
      })
  void aParameterBehindAnotherIsKeyedOrNotAskedFor(String query) {
    String path = "/cloak/" + query.length();
    SITES.serve(policy("'mode':'EXCLUDE','names':['utm_*']", ""), "");
    SITES.spares(request("GET", path + query), path + "?page=1");
    SITES.serve(policy("'mode':'INCLUDE','names':['page']", ""), "");
    SITES.spares(request("GET", path + "/2" + query), path + "/2?page=1");
  }

  @Test
  void noPartOfAKeyPassesForAnother() {
    SITES.serve(policy("'mode':'ALL','names':[]", "'x-a','x-b'"), "");
    SITES.spares(request("GET", "/parts", "X-A: evil", "X-B: "), "/parts", "X-A: ", "X-B: x");
    SITES.spares(request("GET", "/parts2", "X-A: 1, x-b: evil"), "/parts2", "X-A: 1", "X-B: x");
    SITES.spares(request("GET", "/parts3?x|evil"), "/parts3");
    SITES.spares(request("GET", "/parts4evil"), "/parts4", "X-A: evi");
  }

  @Test
  void aTargetBeyondEveryMeasureIsRefused() {
    int before = SITES.attacked.origin.heads.size();
    // 0: it was closed before its end was sent.
    assertThat(SITES.attacked.get("/huge?" + "a".repeat(65_536)).status()).isIn(414, 0);
    assertThat(SITES.attacked.origin.heads).hasSize(before);
    SITES.spares(request("GET", "/huge?" + "a".repeat(65_536)), "/huge");
  }
}
