package io.warmgate.server.hot;

import java.util.concurrent.ThreadLocalRandom;

/**
 * One route's hot requests, as one event loop saw them. While there are few requests each is looked
 * at; of many, one in so many, and counts for them all. What is older counts less: half as much
 * after {@link #HALF_LIFE_SECONDS}. Instead of making all weights smaller, newer requests get a
 * larger one (Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", 2009).
 */
public final class HotSketch {
  static final int HALF_LIFE_SECONDS = 120;

  /** Requests a second that are looked at. */
  static final int LOOKED_AT = 200;

  /** Of one route in one event loop. */
  static final int CAPACITY = 4_096;

  private static final int MAX_STRIDE = 4_096;
  private static final double LARGE = 1e12;

  private final HotRoom room;
  private final SpaceSaving<Seen> seen = new SpaceSaving<>();
  private long second;
  private long landmark;
  private double scale = 1;
  private int requests;
  private int stride = 1;
  private int countdown = 1;
  private double total;
  private double partitioned;

  /** A request's place in the sketch. */
  static final class Seen {
    private Sighting sighting;

    private Seen(Sighting sighting) {
      this.sighting = sighting;
    }

    Sighting sighting() {
      return sighting;
    }
  }

  HotSketch(HotRoom room, long nowMillis) {
    this.room = room;
    this.second = nowMillis / 1_000;
    this.landmark = second;
  }

  /**
   * One more request.
   *
   * @return for how many it counts; 0: it is not looked at
   */
  public int sample(long nowMillis) {
    long now = nowMillis / 1_000;
    if (now > second) {
      turn(now);
    }
    requests++;
    if (--countdown > 0) {
      return 0;
    }
    // Its mean is the stride; without chance a client that asks in turn would be seen or not.
    countdown = stride == 1 ? 1 : 1 + ThreadLocalRandom.current().nextInt(2 * stride - 1);
    return stride;
  }

  private void turn(long now) {
    long passed = Math.max(1, now - second);
    stride = Math.clamp(requests / passed / LOOKED_AT, 1, MAX_STRIDE);
    requests = 0;
    second = now;
    scale = Math.pow(2, (double) (now - landmark) / HALF_LIFE_SECONDS);
    if (scale > LARGE) {
      seen.scale(1 / scale);
      total /= scale;
      partitioned /= scale;
      scale = 1;
      landmark = now;
    }
  }

  /** It is one that cannot be made again, or was not worth its room. */
  public void unlisted(int counts) {
    total += counts * scale;
  }

  /** It is one client's. */
  public void partitioned(int counts) {
    total += counts * scale;
    partitioned += counts * scale;
  }

  /**
   * It can be made again.
   *
   * @param id of the request; see {@link Sighting}
   */
  void listed(int counts, long id, Sighting sighting) {
    total += counts * scale;
    int most = room.has() ? CAPACITY : Math.min(seen.size(), CAPACITY);
    if (most == 0) {
      return;
    }
    Seen one =
        seen.add(
            id,
            counts * scale,
            most,
            () -> taken(sighting),
            left -> room.give(left.sighting.bytes()));
    // What it varies by may be known now, and it may have come to another release.
    one.sighting = sighting;
  }

  private Seen taken(Sighting sighting) {
    room.take(sighting.bytes());
    return new Seen(sighting);
  }

  int size() {
    return seen.size();
  }

  /** All of it goes. */
  void clear() {
    seen.all().forEach(counter -> room.give(counter.item().sighting.bytes()));
  }

  /** What was seen so far, weighed as of now. */
  HotView view(String route, long nowMillis) {
    if (nowMillis / 1_000 > second) {
      turn(nowMillis / 1_000);
    }
    HotView view = new HotView(route);
    view.add(total / scale, partitioned / scale);
    for (SpaceSaving.Counter<Seen> counter : seen.all()) {
      view.add(counter.item().sighting(), counter.weight() / scale);
    }
    return view;
  }
}
