package io.warmgate.server.uri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathNormalizerTest {

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a/b, /a/b",
    "/a//b, /a//b",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/a/b/.., /a/",
    "/a/., /a/",
    "/a/.b/..c, /a/.b/..c",
    "/%61%2D%7e, /a-~",
    "/%c3%a4, /%C3%A4",
    "/a/%2e%2e/b, /b",
    "/a%3b;c=1, /a%3B;c=1",
    "/%25%32%66, /%252f",
    "'', ",
    "a, ",
    "/.., ",
    "/a/../.., ",
    "/%2e%2e, ",
    "/a%2fb, ",
    "/a%5cb, ",
    "/a\\b, ",
    "/a%00, ",
    "/a%0, ",
    "/a%, ",
    "/a%zz, ",
    "/a#b, ",
    "/ä, ",
  })
  void normalizes(String path, @Nullable String normal) {
    assertThat(PathNormalizer.normalize(path)).isEqualTo(normal);
  }

  @Test
  void returnsANormalPathAsItIs() {
    String path = "/products/42.html";
    assertThat(PathNormalizer.normalize(path)).isSameAs(path);
  }

  @Test
  void normalizingTwiceIsNormalizingOnce() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] parts = {
      "/", ".", "..", "a", "%2e", "%2E", "%61", "%41", "%c3", "%25", ";", "//", "/../"
    };
    for (int i = 0; i < 100_000; i++) {
      StringBuilder path = new StringBuilder("/");
      for (int n = random.nextInt(8); n > 0; n--) {
        path.append(parts[random.nextInt(parts.length)]);
      }
      String once = PathNormalizer.normalize(path.toString());
      if (once != null) {
        assertThat(PathNormalizer.normalize(once)).as("%s, seed %d", path, seed).isEqualTo(once);
        assertThat((once + "/").contains("/../") || (once + "/").contains("/./"))
            .as("%s, seed %d", path, seed)
            .isFalse();
      }
    }
  }
}
