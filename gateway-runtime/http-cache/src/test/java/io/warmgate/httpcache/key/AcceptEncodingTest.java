package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip                              | gzip
          GZIP                              | gzip
          x-gzip                            | gzip
          gzip, deflate                     | gzip
          gzip, deflate, br, zstd           | zstd, br, gzip
          deflate, gzip, br, zstd           | zstd, br, gzip
          br;q=1.0, gzip;q=0.8, *;q=0.1     | zstd, br, gzip
          gzip;q=0, br                      | br
          gzip;q=0.000, *                   | zstd, br
          gzip;q=0.001                      | gzip
          gzip ; Q=0.5                      | gzip
          identity                          | identity
          deflate                           | identity
          ''                                | identity
          ', ,'                             | identity
          *;q=0, identity, gzip             | gzip
          """)
  void oneForm(String value, String canonical) {
    assertThat(AcceptEncoding.canonical(List.of(value))).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          identity;q=0, gzip
          *;q=0, gzip
          gzip;q=2
          gzip;q=0.1234
          gzip;level=9
          gzip br
          gzip;
          """)
  void whatSaysMoreStaysAsItIs(String value) {
    assertThat(AcceptEncoding.canonical(List.of(value))).isNull();
    Fields request = FieldList.of("accept-encoding", value);
    assertThat(AcceptEncoding.selecting(request)).isSameAs(request);
  }

  @Test
  void linesAreOneList() {
    assertThat(AcceptEncoding.canonical(List.of("gzip", "br"))).isEqualTo("br, gzip");
    assertThat(AcceptEncoding.canonical(List.of())).isNull();
    Fields two = FieldList.of("accept-encoding", "gzip", "host", "a", "Accept-Encoding", "deflate");
    assertThat(AcceptEncoding.selecting(two).all("accept-encoding")).containsExactly("gzip");
    assertThat(AcceptEncoding.selecting(two).first("host")).isEqualTo("a");
  }
}
