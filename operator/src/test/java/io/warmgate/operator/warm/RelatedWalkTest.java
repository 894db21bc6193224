package io.warmgate.operator.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.source.Related;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelatedWalkTest {
  private static final Related TWO = new Related(List.of("next"), 2);

  private static WarmRequest request(@Nullable String scheme, String target) {
    return new WarmRequest(
        "GET",
        "web",
        scheme,
        "shop.test:8080",
        target,
        List.of(new ExplainRequest.Field("Accept-Language", "de")));
  }

  private static List<WarmRequest> found(WarmRequest from, String... links) {
    RelatedWalk walk = new RelatedWalk(TWO, _ -> true);
    walk.answered(from, List.of(links), _ -> false);
    return walk.found();
  }

  @ParameterizedTest
  @CsvSource({
    "?page=2, /a/list?page=2",
    "other, /a/other",
    "other?x=%2f, /a/other?x=%2f",
    "../b, /b",
    "/b?c=d#part, /b?c=d",
    "//SHOP.test:8080/b, /b",
    "http://shop.test:8080/b?c, /b?c",
    "https://shop.test:8080/b, /b",
    "http://shop.test:8080, /",
  })
  void aLinkIsAskedForAsItsAnswerWas(String link, String target) {
    assertThat(found(request(null, "/a/list?page=1"), link)).containsExactly(request(null, target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//else.test/b",
        "http://else.test/b",
        "http://shop.test/b",
        "http://user:secret@shop.test:8080/b",
        "ftp://shop.test:8080/b",
        "mailto:a@shop.test",
        "#part",
        "http:b",
        "http://[",
        "a b"
      })
  void whatIsElsewhereOrNoUrlIsLeft(String link) {
    assertThat(found(request(null, "/a"), link)).isEmpty();
  }

  @Test
  void whereTheSchemeWasSaidItIsTheLinksToo() {
    assertThat(found(request("https", "/a"), "http://shop.test:8080/b")).isEmpty();
    assertThat(found(request("https", "/a"), "https://shop.test:8080/b", "/c"))
        .containsExactly(request("https", "/b"), request("https", "/c"));
    assertThat(found(request(null, "//a/b"), "?c")).containsExactly(request(null, "//a/b?c"));
  }

  @Test
  void neitherTooFarNorInARoundNorToWhatTheRouteDoesNotTake() {
    List<WarmRequest> planned = new ArrayList<>(List.of(request(null, "/1")));
    RelatedWalk walk = new RelatedWalk(TWO, any -> !any.target().equals("/no"));
    walk.answered(request(null, "/1"), List.of("/2", "/no", "/1"), planned::contains);
    assertThat(walk.news()).containsExactly(request(null, "/2"));
    assertThat(walk.news()).isEmpty();
    walk.answered(request(null, "/2"), List.of("/3", "/1", "/2"), planned::contains);
    assertThat(walk.news()).containsExactly(request(null, "/3"));
    walk.answered(request(null, "/3"), List.of("/4"), planned::contains);
    assertThat(walk.news()).isEmpty();
    assertThat(walk.found()).containsExactly(request(null, "/2"), request(null, "/3"));
  }

  @Test
  void aShorterWayLeadsFarther() {
    RelatedWalk walk = new RelatedWalk(TWO, _ -> true);
    walk.answered(request(null, "/1"), List.of("/2"), _ -> false);
    walk.answered(request(null, "/2"), List.of("/3"), _ -> false);
    walk.answered(request(null, "/other"), List.of("/3"), _ -> false);
    walk.answered(request(null, "/3"), List.of("/4"), _ -> false);
    assertThat(walk.found()).contains(request(null, "/4"));
  }

  @Test
  void notMoreThanThatMany() {
    RelatedWalk walk = new RelatedWalk(TWO, _ -> true);
    for (int i = 0; i < 2 * RelatedWalk.MAX_FOUND; i++) {
      walk.answered(request(null, "/list"), List.of("/" + i), _ -> false);
    }
    assertThat(walk.found()).hasSize(RelatedWalk.MAX_FOUND);
    RelatedWalk off = new RelatedWalk(Related.NONE, _ -> true);
    off.answered(request(null, "/list"), List.of("/1"), _ -> false);
    assertThat(off.found()).isEmpty();
  }
}
