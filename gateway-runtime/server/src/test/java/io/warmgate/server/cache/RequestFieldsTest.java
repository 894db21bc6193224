package io.warmgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import io.vertx.core.http.impl.headers.Http1xHeaders;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The notes on names never hide a field. */
final class RequestFieldsTest {
  private static final List<String> NAMES =
      List.of("Host", "IF-NONE-MATCH", "range", "x", "Accept-Encoding", "a-b", "Pragma", "_1", "é");

  private static void check(MultiMap headers) {
    RequestFields fields = new RequestFields(headers);
    for (String name : NAMES) {
      for (String asked :
          List.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT))) {
        assertThat(fields.first(asked)).as(asked).isEqualTo(headers.get(asked));
        assertThat(fields.all(asked)).as(asked).isEqualTo(headers.getAll(asked));
        assertThat(fields.contains(asked)).as(asked).isEqualTo(headers.contains(asked));
      }
    }
    assertThat(fields.names()).hasSameElementsAs(headers.names());
  }

  @Test
  void everyFieldIsFound() {
    Http1xHeaders all = Http1xHeaders.caseInsensitive();
    for (String name : NAMES) {
      Http1xHeaders one = Http1xHeaders.caseInsensitive();
      one.add(name, "1");
      check(one);
      one.add(name, "2");
      check(one);
      all.add(name, "3");
    }
    check(all);
    check(Http1xHeaders.caseInsensitive());
  }

  @Test
  void headersOfAnotherKindAreAskedThemselves() {
    MultiMap other = MultiMap.caseInsensitiveMultiMap();
    other.add("range", "bytes=0-1");
    check(new HeadersAdaptor((Http1xHeaders) other));
  }
}
