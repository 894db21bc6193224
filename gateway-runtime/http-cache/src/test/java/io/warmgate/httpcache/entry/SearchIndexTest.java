package io.warmgate.httpcache.entry;

import static io.warmgate.httpcache.Messages.MATERIAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.key.SearchVariance;
import io.warmgate.httpcache.key.SearchVariance.Names;
import io.warmgate.httpcache.key.SearchVariance.Order;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SearchIndexTest {
  private static SearchVariance ignoring(String name) {
    return new SearchVariance(Names.IGNORED, List.of(name), Order.COUNTS);
  }

  @Test
  void theNewestIsFirstAndTheOldestMakesRoom() {
    SearchIndex index = new SearchIndex(MATERIAL, List.of(ignoring("a")));
    for (String name : List.of("b", "c", "d", "e")) {
      index = index.with(ignoring(name));
    }
    assertThat(index.variances())
        .containsExactlyElementsOf(
            Stream.of("e", "d", "c", "b").map(SearchIndexTest::ignoring).toList());
    assertThat(index.with(ignoring("c"))).as("what is known stays in its place").isSameAs(index);
  }
}
