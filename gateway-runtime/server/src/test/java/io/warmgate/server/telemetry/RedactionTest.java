package io.warmgate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource({
    "a=1&b=2, a=1&b=2",
    "access_token=abc&page=2, access_token=***&page=2",
    "page=2&API_KEY=x&, page=2&API_KEY=***&",
    "X-Amz-Signature=a=b=c, X-Amz-Signature=***",
    "%61pi_key=x, %61pi_key=***",
    "key=k&monkey=m, key=***&monkey=m",
    "token, token",
    "%zz=1, %zz=1",
    "'=x&password=', '=x&password=***'"
  })
  void hidesCredentials(String query, String shown) {
    assertThat(Redaction.of(query)).isEqualTo(shown);
  }
}
