package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.TokenCounts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageNewsTest {
  private final UsageNews news = new UsageNews();
  private long now = 77;

  private boolean isNews(long seconds, long answers) {
    now += Duration.ofSeconds(seconds).toNanos();
    TokenCounts counts = new TokenCounts(0, 0, 0, answers);
    return news.isNews(List.of(new ModelTraffic("shop/gpt", null, counts, counts)), now);
  }

  @Test
  void whatGrowsIsNewsOnceAMinuteAndOnceMoreAfterItsEnd() {
    assertThat(news.isNews(List.of(), now)).isFalse();
    assertThat(isNews(0, 1)).isTrue();
    assertThat(isNews(64, 2)).isFalse();
    assertThat(isNews(1, 3)).isTrue();
    assertThat(isNews(10, 4)).isFalse();
    assertThat(isNews(55, 4)).isTrue();
    assertThat(isNews(65, 4)).isTrue();
    assertThat(isNews(65, 4)).isFalse();
    assertThat(isNews(600, 4)).isFalse();
    assertThat(isNews(1, 5)).isTrue();
  }
}
