package io.warmgate.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.ExplainRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestListTest {
  @Test
  void aLineIsAPathOrAUrlAndItsFields() {
    RequestList list =
        RequestList.parse(
            """
            # what clients see first

            /
              /products/1?view=full&x=%41 | Accept-Language: de, en;q=0.5 | X-Region:eu
            HTTPS://Shop.Example.com:8443
            http://shop.example.com/a|b
            """);
    assertThat(list.problems()).isEmpty();
    assertThat(list.requests())
        .containsExactly(
            new Wish(null, null, "/", List.of()),
            new Wish(
                null,
                null,
                "/products/1?view=full&x=%41",
                List.of(
                    new ExplainRequest.Field("Accept-Language", "de, en;q=0.5"),
                    new ExplainRequest.Field("X-Region", "eu"))),
            new Wish("https", "shop.example.com:8443", "/", List.of()),
            new Wish("http", "shop.example.com", "/a|b", List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "products/1@is no path and no URL",
        "/a#top@is no path and no URL",
        "ftp://shop.test/@is no path and no URL",
        "/a | Accept-Language@has a field that is not like Name: value",
        "/a | Authorization: Bearer x@has a field that no request made for everybody has:"
            + " Authorization",
        "/a | cookie: a=b@has a field that no request made for everybody has",
        "/a b@is no path and no URL",
      })
  void whatIsWrongWithALineIsSaidAndTheOthersCount(String line, String problem) {
    RequestList list = RequestList.parse("/before\n" + line + "\n/after\n");
    assertThat(list.problems()).singleElement().asString().startsWith("line 2 " + problem);
    assertThat(list.requests()).extracting(Wish::target).containsExactly("/before", "/after");
  }

  @Test
  void aListHasABound() {
    RequestList list = RequestList.parse("/a\n".repeat(RequestList.MAX_REQUESTS + 5));
    assertThat(list.requests()).hasSize(RequestList.MAX_REQUESTS);
    assertThat(list.problems()).singleElement().asString().contains("at most 10000");
  }

  @Test
  void aListThatDidNotChangeIsNotReadAgain() {
    RequestLists lists = new RequestLists();
    RequestList first = lists.read("a/b", "/x");
    assertThat(lists.read("a/b", "/x")).isSameAs(first);
    assertThat(lists.read("a/b", "/y").requests()).extracting(Wish::target).containsExactly("/y");
  }
}
