package io.warmgate.server.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmgate.config.admin.WarmRequest;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HotSketchTest {
  private static final long START = 1_000_000_000L;

  private static Sighting sighting(String target) {
    return new Sighting(new WarmRequest("GET", "http", "h", target, List.of()), List.of(), "g", 1);
  }

  private static int see(HotSketch sketch, String target, long now) {
    int counts = sketch.sample(now);
    if (counts > 0) {
      Sighting seen = sighting(target);
      sketch.listed(counts, Sighting.id(seen.request()), seen);
    }
    return counts;
  }

  private static HotSketch sketch() {
    return new HotSketch(new HotRoom(1 << 20), START);
  }

  @Test
  void fewAreCountedEachAndManyByChance() {
    HotSketch sketch = sketch();
    for (int i = 0; i < 100; i++) {
      assertThat(see(sketch, "/a", START + i)).isOne();
    }
    int perSecond = 20_000;
    int looked = 0;
    for (int second = 1; second <= 30; second++) {
      for (int i = 0; i < perSecond; i++) {
        int counts = see(sketch, i % 4 == 0 ? "/b" : "/c", START + second * 1_000L);
        looked += second > 1 && counts > 0 ? 1 : 0;
      }
    }
    assertThat(looked / 29).isBetween(HotSketch.LOOKED_AT / 2, HotSketch.LOOKED_AT * 2);
    HotView view = sketch.view("r", START + 30_000);
    List<HotView.Line> lines = view.heaviest();
    assertThat(lines).extracting(line -> line.sighting().request().target()).startsWith("/c", "/b");
    assertThat(lines.getFirst().weight() / view.total()).isCloseTo(0.75, within(0.04));
  }

  @Test
  void whatIsOlderCountsLessForHoursAndWithoutEnd() {
    HotSketch sketch = sketch();
    for (int i = 0; i < 100; i++) {
      see(sketch, "/a", START);
    }
    sketch.partitioned(100);
    long later = START + HotSketch.HALF_LIFE_SECONDS * 1_000L;
    assertThat(sketch.view("r", later).total()).isCloseTo(100, Percentage.withPercentage(1));
    assertThat(sketch.view("r", later).partitioned()).isCloseTo(50, Percentage.withPercentage(1));
    long hours = START + 200 * HotSketch.HALF_LIFE_SECONDS * 1_000L;
    assertThat(see(sketch, "/b", hours)).isOne();
    HotView view = sketch.view("r", hours);
    assertThat(view.total()).isCloseTo(1, Percentage.withPercentage(1));
    assertThat(view.heaviest().getFirst().sighting().request().target()).isEqualTo("/b");
  }

  @Test
  void itsRoomIsBounded() {
    HotRoom room = new HotRoom(50_000);
    HotSketch sketch = new HotSketch(room, START);
    for (int i = 0; i < 10_000; i++) {
      Sighting seen = sighting("/" + i + "x".repeat(200));
      sketch.listed(1, Sighting.id(seen.request()), seen);
    }
    assertThat(room.taken()).isLessThan(51_000);
    assertThat(sketch.size()).isBetween(50, 100);
    sketch.clear();
    assertThat(room.taken()).isZero();
  }
}
