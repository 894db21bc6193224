package io.warmgate.operator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.warmgate.config.admin.WarmRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are made of the pictures beside a list. */
class PicturesTest {
  private static final Map<String, String> THREE =
      Map.of("sun.png", "c3Vu", "flag.png", "ZmxhZw==", "sea.jpg", "c2Vh");

  @Test
  void oneRequestAPictureAndConsumerInTheOrderOfNames() {
    RequestList list =
        RequestObjects.parse(
            """
            - url: /v2/models/eye/infer
              consumers: [web, phone]
              body: {inputs: [{name: image, shape: [1], datatype: BYTES, data: ["{{picture}}"]}]}
              pictures: ["*.png"]
            - url: /v1/models/row:predict
              headers: {x-region: eu}
              body: {instances: [{b64: "{{picture}}"}, {url: "data:image/jpeg;base64,{{picture}}"}]}
              pictures: [sea.jpg]
            """,
            new Pictures(THREE));
    assertThat(list.problems()).isEmpty();
    assertThat(list.requests())
        .extracting(Wish::target, Wish::question)
        .containsExactly(
            asked("/v2/models/eye/infer", tensor("ZmxhZw=="), "web"),
            asked("/v2/models/eye/infer", tensor("ZmxhZw=="), "phone"),
            asked("/v2/models/eye/infer", tensor("c3Vu"), "web"),
            asked("/v2/models/eye/infer", tensor("c3Vu"), "phone"),
            asked(
                "/v1/models/row:predict",
                "{\"instances\":[{\"b64\":\"c2Vh\"},"
                    + "{\"url\":\"data:image/jpeg;base64,c2Vh\"}]}",
                null));
  }

  private static Tuple asked(String target, String content, @Nullable String consumer) {
    return tuple(target, new WarmRequest.Question(content, consumer));
  }

  private static String tensor(String base64) {
    return "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\""
        + base64
        + "\"]}]}";
  }

  /** Of whoever may write one list. */
  @Test
  void noPatternTakesLong() {
    String name = "a".repeat(253);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThat(Pictures.isCalled(name, "*a".repeat(60) + "b")).isFalse());
  }

  @Test
  void eachPlaceCounts() {
    List<String> problems = new ArrayList<>();
    Pictures pictures = new Pictures(Map.of("a", "x".repeat(1_000_000), "b", "AAAA"));
    assertThat(pictures.in("{{picture}} {{picture}} {{picture}}", List.of("*"), problems::add))
        .containsExactly("AAAA AAAA AAAA");
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("with picture a is longer than 2097152");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "*@flag.png sea.jpg sun.png",
        "s*@sea.jpg sun.png",
        "*a*@flag.png sea.jpg",
        "sun.png@sun.png",
        "*.png@flag.png sun.png",
        "sun.png *.png@sun.png flag.png",
        "s.*@",
        "sunXpng@",
        "Sun.png@",
        "s*u*.*n*g@sun.png",
        "***@flag.png sea.jpg sun.png",
        "sun*sun.png@",
        "*a*a*@",
      })
  void whichOnesANameMeans(String names, String found) {
    List<String> problems = new ArrayList<>();
    Map<String, String> byName =
        THREE.keySet().stream().collect(Collectors.toMap(name -> name, name -> name));
    List<String> bodies =
        new Pictures(byName).in("{{picture}}", List.of(names.split(" ", -1)), problems::add);
    if (found == null) {
      assertThat(bodies).isEmpty();
      assertThat(problems)
          .containsExactly("names a picture that is not in binaryData of its ConfigMap: " + names);
    } else {
      assertThat(bodies).containsExactly(found.split(" ", -1));
      assertThat(problems).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "{\"url\": \"/a\", \"pictures\": [\"*\"]}@has pictures, and no {{picture}} in its body",
        "{\"url\": \"/a\", \"body\": {}, \"pictures\": [\"*\"]}@has pictures, and no {{picture}}",
        "{\"url\": \"/a\", \"body\": {}, \"pictures\": \"*\"}@has pictures that are no list of"
            + " names",
        "{\"url\": \"/a\", \"body\": {}, \"pictures\": []}@has pictures that are no list of names",
      })
  void whatCannotBe(String line, String problem) {
    assertThatThrownBy(() -> RequestObjects.line(line, new Pictures(THREE), _ -> {}))
        .hasMessageStartingWith(problem);
  }

  /** The others are asked about all the same. */
  @Test
  void whatIsWrongWithAPictureIsSaid() {
    Map<String, String> some = new TreeMap<>(THREE);
    some.put("empty.png", "");
    some.put("large.png", "A".repeat(WarmRequest.MAX_QUESTION));
    RequestList list =
        RequestObjects.parse(
            "[{url: /a, body: {b: '{{picture}}'}, pictures: [gone.png, '*']}]", new Pictures(some));
    assertThat(list.requests())
        .extracting(wish -> Objects.requireNonNull(wish.question()).content())
        .containsExactly("{\"b\":\"ZmxhZw==\"}", "{\"b\":\"c2Vh\"}", "{\"b\":\"c3Vu\"}");
    assertThat(list.problems())
        .containsExactly(
            "item 1 names a picture that is not in binaryData of its ConfigMap: gone.png",
            "item 1 has an empty picture: empty.png",
            "item 1 with picture large.png is longer than 2097152 characters");
  }

  /** An operator has memory for many gateways' lists. */
  @Test
  void allOfAListTogetherHaveABound() {
    String large = "A".repeat(1 << 20);
    Map<String, String> many =
        IntStream.range(10, 30).boxed().collect(Collectors.toMap(i -> "p" + i, _ -> large));
    RequestList list =
        RequestObjects.parse(
            """
            - {url: /a, body: {b: "{{picture}}"}, pictures: ["*"]}
            - {url: /b, body: {b: "{{picture}}"}, pictures: [p10]}
            """,
            new Pictures(many));
    assertThat(list.requests()).hasSize(15);
    assertThat(list.problems())
        .containsExactly(
            "item 1 and what follows, from picture p25 on: requests with pictures have at most"
                + " 16777216 characters",
            "item 2 and what follows, from picture p10 on: requests with pictures have at most"
                + " 16777216 characters");
    String consumers =
        IntStream.range(0, 600).mapToObj(i -> "\"c" + i + "\"").collect(Collectors.joining(","));
    Map<String, String> small =
        IntStream.range(0, 20).boxed().collect(Collectors.toMap(i -> "p" + i, _ -> "AAAA"));
    assertThat(
            RequestObjects.parse(
                    "[{url: /a, body: {b: '{{picture}}'}, pictures: ['*'], consumers: [%s]}]"
                        .formatted(consumers),
                    new Pictures(small))
                .problems())
        .containsExactly(
            "item 1 has 600 consumers for 20 pictures: a list has at most 10000 requests");
  }
}
