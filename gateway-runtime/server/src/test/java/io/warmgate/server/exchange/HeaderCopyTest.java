package io.warmgate.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import io.vertx.core.http.impl.headers.Http1xHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A copy has every line, and is a copy. */
final class HeaderCopyTest {
  private final Http1xHeaders from = Http1xHeaders.caseInsensitive();

  HeaderCopyTest() {
    from.add("set-cookie", "a=1").add("x", "y").add("Set-Cookie", "b=2");
  }

  private static void check(MultiMap to) {
    assertThat(to.getAll("set-cookie")).isEqualTo(List.of("a=1", "b=2"));
    assertThat(to.get("x")).isEqualTo("y");
  }

  @Test
  void everyLineIsCopied() {
    MultiMap to = MultiMap.caseInsensitiveMultiMap();
    HeaderCopy.add(to, from);
    check(to);
    to.set("x", "z");
    to.remove("set-cookie");
    check(from);
  }

  @Test
  void whatIsThereStays() {
    MultiMap to = MultiMap.caseInsensitiveMultiMap();
    to.add("before", "1");
    HeaderCopy.add(to, from);
    check(to);
    assertThat(to.get("before")).isEqualTo("1");
  }

  @Test
  void mapsOfOtherKindsAreCopiedToo() {
    MultiMap to = new HeadersAdaptor(Http1xHeaders.caseInsensitive());
    HeaderCopy.add(to, from);
    check(to);
    MultiMap back = MultiMap.caseInsensitiveMultiMap();
    HeaderCopy.add(back, to);
    check(back);
  }
}
