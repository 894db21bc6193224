package io.warmgate.httpcache.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.RequestView.Target;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  @ParameterizedTest
  @CsvSource({
    "a=1&b=2, a=1&b=2",
    "access_token=abc&page=2, access_token=***&page=2",
    "page=2&API_KEY=x&, page=2&API_KEY=***&",
    "X-Amz-Signature=a=b=c, X-Amz-Signature=***",
    "%61pi_key=x, %61pi_key=***",
    "key=k&monkey=m, key=***&monkey=m",
    "a=1;PHPSESSID=x, a=1;PHPSESSID=***",
    "token, token",
    "%zz=1, %zz=1",
    "'=x&password=', '=x&password=***'"
  })
  void areHiddenInQueries(String query, String shown) {
    assertThat(Credentials.hiddenInQuery(query)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "/a;v=1/b, /a;v=1/b",
    "/a;jsessionid=x, /a;jsessionid=***",
    "/a;v=1;sid=x/b;token=y, /a;v=1;sid=***/b;token=***",
    "/sid=x, /sid=x",
    "/a;, /a;",
  })
  void areHiddenInPaths(String path, String shown) {
    assertThat(Credentials.hiddenInPath(path)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "/a, , false",
    "/a, '', false",
    "/a, x=1, false",
    "/a, token, false",
    "/a, token=, true",
    "/a, x=1&accessToken=y, true",
    "/a, x=1;sig=y, true",
    "/a, x=token=1, false",
    "/a, '=x&sid=y', true",
    "/a;jsessionid=1, , true",
    "/a;x=1/token=y, , false",
    "/token=y, , false",
  })
  void areFoundInTargets(String path, @Nullable String query, boolean found) {
    Target target = new Target("http", "a", path, query);
    assertThat(Credentials.inTarget(target)).isEqualTo(found);
  }

  /** These name things too often; they are hidden all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"key", "code", "state", "nonce", "pin", "page_token"})
  void suspectsDoNotCount(String name) {
    assertThat(Credentials.isOne(name)).isFalse();
    assertThat(Credentials.mayBeOne(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "X-Amz-Credential", "api_key", "SID", "S%49D"})
  void caseSignsAndCodingDoNotMatter(String name) {
    assertThat(Credentials.isOne(name)).isTrue();
  }

  /** Digits do, and what cannot be decoded is looked at as it is. */
  @ParameterizedTest
  @ValueSource(strings = {"0token", "token9", "token%zz"})
  void aNameThatIsAlmostOneIsASuspect(String name) {
    assertThat(Credentials.isOne(name)).isFalse();
    assertThat(Credentials.mayBeOne(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "keys", "monkey", "side", "assign", "sid0", "9sid"})
  void othersAreShown(String name) {
    assertThat(Credentials.isOne(name)).isFalse();
    assertThat(Credentials.mayBeOne(name)).isFalse();
  }
}
