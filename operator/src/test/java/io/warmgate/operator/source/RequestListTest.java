package io.warmgate.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.WarmRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestListTest {
  private static RequestList parse(String text) {
    return RequestList.parse(text, new Pictures(Map.of()));
  }

  @Test
  void aLineIsAPathOrAUrlAndItsFields() {
    RequestList list =
        parse(
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

  private static final String CHAT = "/v1/chat/completions";

  private static Wish question(String target, String content, @Nullable String consumer) {
    return new Wish(null, null, target, List.of(), new WarmRequest.Question(content, consumer));
  }

  @Test
  void aLineMayBeAnObjectWhichMayAskAModel() {
    RequestList list =
        parse(
            """
            /
            {"url": "/v1/chat/completions", "body": {"model": "chat", "t": 0.25, "n": 1}}
            {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {}}
            {"url": "/v1/messages", "consumers": ["app", "other/app"], "body": {"a": "b | c: d"}}
            {"url": "https://shop.test/a", "headers": {"Accept-Language": "de"}}
            """);
    assertThat(list.problems()).isEmpty();
    assertThat(list.requests())
        .containsExactly(
            new Wish(null, null, "/", List.of()),
            question(CHAT, "{\"model\":\"chat\",\"t\":0.25,\"n\":1}", null),
            question(CHAT, "{}", null),
            question("/v1/messages", "{\"a\":\"b | c: d\"}", "app"),
            question("/v1/messages", "{\"a\":\"b | c: d\"}", "other/app"),
            new Wish(
                "https",
                "shop.test",
                "/a",
                List.of(new ExplainRequest.Field("Accept-Language", "de"))));
  }

  @Test
  void aListInYamlIsOneOfObjects() {
    RequestLists lists = new RequestLists();
    RequestList list =
        lists.read(
            "prompts/questions.yaml",
            """
            # what is asked most
            - url: /v1/chat/completions
              headers: {anthropic-version: "2023-06-01"}
              body:
                model: chat
                temperature: 0.7
                messages:
                - role: user
                  content: |
                    Two
                    lines
            - url: /
            - url: /v1/messages
              body: text
            - /
            """,
            Map.of());
    assertThat(list.problems())
        .containsExactly("item 3 has a body that is no object", "item 4 is no object");
    assertThat(list.requests())
        .containsExactly(
            new Wish(
                null,
                null,
                CHAT,
                List.of(new ExplainRequest.Field("anthropic-version", "2023-06-01")),
                new WarmRequest.Question(
                    "{\"model\":\"chat\",\"temperature\":0.7,\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"Two\\nlines\\n\"}]}",
                    null)),
            new Wish(null, null, "/", List.of()));
    assertThat(lists.read("prompts/a.yml", "a: [", Map.of()).problems())
        .singleElement()
        .asString()
        .startsWith("all: it is no YAML");
    assertThat(lists.read("prompts/c.yml", "&a [*a]", Map.of()).problems())
        .singleElement()
        .asString()
        .startsWith("all: it is no YAML: Number of aliases");
    assertThat(lists.read("prompts/b.yml", "a: b", Map.of()).problems())
        .containsExactly("all: it is no list");
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
        "{\"url\": \"/a\"@is no JSON",
        "{\"url\": \"/a\", \"url\": \"/b\"}@is no JSON: Duplicate field 'url'",
        "{\"body\": {}}@has no url",
        "{\"url\": \"a\", \"body\": {}}@is no path and no URL",
        "{\"url\": \"/a\", \"bodies\": {}}@has a field that is not known: bodies",
        "{\"url\": \"/a\", \"method\": \"POST\"}@has method POST",
        "{\"url\": \"/a\", \"method\": \"PUT\", \"body\": {}}@has method PUT",
        "{\"url\": \"/a\", \"body\": []}@has a body that is no object",
        "{\"url\": \"/a\", \"body\": {}, \"consumers\": []}@has consumers that are no list",
        "{\"url\": \"/a\", \"body\": {}, \"consumers\": [\"a/b/c\"]}@has a body or consumers",
        "{\"url\": \"/a\", \"headers\": {\"Authorization\": \"x\"}}@has a field that no request",
        "{\"url\": \"/a\", \"headers\": []}@has headers that are no object",
      })
  void whatIsWrongWithALineIsSaidAndTheOthersCount(String line, String problem) {
    RequestList list = parse("/before\n" + line + "\n/after\n");
    assertThat(list.problems()).singleElement().asString().startsWith("line 2 " + problem);
    assertThat(list.requests()).extracting(Wish::target).containsExactly("/before", "/after");
  }

  @Test
  void aListHasABound() {
    RequestList list = parse("/a\n".repeat(RequestList.MAX_REQUESTS + 5));
    assertThat(list.requests()).hasSize(RequestList.MAX_REQUESTS);
    assertThat(list.problems()).singleElement().asString().contains("at most 10000");
  }

  @Test
  void aListThatDidNotChangeIsNotReadAgain() {
    RequestLists lists = new RequestLists();
    RequestList first = lists.read("a/b", "/x", Map.of());
    assertThat(lists.read("a/b", "/x", Map.of())).isSameAs(first);
    assertThat(lists.read("a/b", "/y", Map.of()).requests())
        .extracting(Wish::target)
        .containsExactly("/y");
    RequestList second = lists.read("a/b", "/y", Map.of());
    lists.begin();
    assertThat(lists.read("a/b", "/y", Map.of())).isSameAs(second);
    lists.begin();
    lists.begin();
    assertThat(lists.read("a/b", "/y", Map.of())).as("forgotten").isNotSameAs(second);
    String line = "{\"url\":\"/a\",\"body\":{\"b\":\"{{picture}}\"},\"pictures\":[\"*\"]}";
    assertThat(lists.read("a/b", line, Map.of("p", "AAAA")).requests())
        .containsExactly(question("/a", "{\"b\":\"AAAA\"}", null));
    assertThat(lists.read("a/b", line, Map.of("p", "BBBB")).requests())
        .as("the list is the same, the picture is not")
        .containsExactly(question("/a", "{\"b\":\"BBBB\"}", null));
  }
}
