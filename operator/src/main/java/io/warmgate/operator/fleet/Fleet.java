package io.warmgate.operator.fleet;

import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.operator.rollout.Measure;
import io.warmgate.operator.warm.WarmPod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one gateway, each kept at the gateway's {@link Target}. Used by the gateway's
 * reconcile alone, one call at a time; what its pods say runs {@code changed}.
 */
public final class Fleet implements AutoCloseable {
  private final Map<String, PodLink> links = new LinkedHashMap<>();
  private final Map<String, GatewayPod> ended = new LinkedHashMap<>();
  private final News news;
  private final LogAppender appender;
  private final PurgeCounter counter;
  private final TrafficWatch traffic = new TrafficWatch(this::asked);
  private Target target = Target.NONE;
  private @Nullable AdminCredentials credentials;
  private volatile @Nullable AdminClient client;

  /**
   * @param changed runs, on any thread, whenever {@link #pods} or an {@link #append} has news; it
   *     must not wait
   */
  public Fleet(Runnable changed) {
    this(changed, new News(changed));
  }

  Fleet(Runnable changed, News news) {
    this.news = news;
    this.appender = new LogAppender(changed);
    this.counter = new PurgeCounter(changed);
  }

  /** What an append came to. */
  public sealed interface Append {

    /** It is being asked for; {@code changed} runs when that ended. */
    record Underway() implements Append {}

    record Logged(PurgeReceipt receipt) implements Append {}

    /** There is no log, or no pod that reaches it now. Worth asking again. */
    record Unavailable() implements Append {}
  }

  /** With whom the operator speaks, and how it is known, from now on. */
  public synchronized void trust(AdminCredentials now) {
    if (now.equals(credentials)) {
      return;
    }
    AdminClient before = client;
    credentials = now;
    client = new AdminClient(now);
    if (before != null) {
      before.close();
    }
  }

  /** These are the pods. */
  public synchronized void pods(List<GatewayPod> pods) {
    ended.clear();
    Set<String> linked = new HashSet<>();
    for (GatewayPod pod : pods) {
      if (pod.containers() == GatewayPod.Containers.ENDED || pod.address() == null) {
        ended.put(pod.uid(), pod);
      } else if (client != null) {
        linked.add(pod.uid());
        link(pod, pod.address());
      }
    }
    Set<String> gone = new HashSet<>(links.keySet());
    gone.removeAll(linked);
    gone.forEach(this::unlink);
  }

  private void link(GatewayPod pod, String address) {
    PodLink known = links.get(pod.uid());
    if (known != null && known.address().equals(address)) {
      known.seen(pod);
      return;
    }
    if (known != null) {
      known.close();
    }
    PodLink link = new PodLink(pod, address, target, this::client, this::heard);
    links.put(pod.uid(), link);
    link.start();
  }

  /** A pod has news. */
  private synchronized void heard() {
    if (links.values().stream().anyMatch(PodLink::awaited)) {
      news.hold();
    } else {
      news.pass();
    }
  }

  private void unlink(String uid) {
    PodLink link = links.remove(uid);
    if (link != null) {
      link.close();
    }
  }

  private AdminClient client() {
    AdminClient now = client;
    if (now == null) {
      throw new IllegalStateException("a pod is linked before its gateway's certificate is known");
    }
    return now;
  }

  /** This is what every pod should have; those that lack something get it at once. */
  public synchronized void target(Target wanted) {
    target = wanted;
    links.values().forEach(link -> link.target(wanted));
  }

  public synchronized Target target() {
    return target;
  }

  /** What is known of each pod, by name. */
  public synchronized List<PodView> pods() {
    List<PodView> views = new ArrayList<>();
    links.values().forEach(link -> views.add(link.view()));
    ended.values().forEach(pod -> views.add(PodView.of(pod, Contact.NONE, target)));
    views.sort(Comparator.comparing(view -> view.pod().name()));
    return List.copyOf(views);
  }

  /** Forgets how far appends and counts are, but those of these orders. */
  public void keepOrders(Set<String> orders) {
    appender.keep(orders);
    counter.keep(orders);
  }

  /** Has these pods count what the order names; {@code changed} runs when one has. */
  public synchronized void count(PurgeOrder order, Set<String> podUids) {
    Map<String, PurgeCounter.Pod> pods = new HashMap<>();
    for (String uid : podUids) {
      PodLink link = links.get(uid);
      if (link != null) {
        pods.put(uid, asked -> client().count(link.address(), asked));
      }
    }
    counter.count(order, pods);
  }

  /** What pods have counted for an order so far, by uid. */
  public Map<String, PurgeCount> counts(String order) {
    return counter.counts(order);
  }

  /**
   * Asks the pods what they have counted, from now on, for {@link #traffic}.
   *
   * @param period zero: not at all
   * @param heard runs after each round, on any thread; it must not wait
   */
  public void watchTraffic(Duration period, Runnable heard) {
    traffic.lately(period, heard);
  }

  /** What the pods counted lately, as far as they were asked. */
  public TrafficWindow traffic() {
    return traffic.lately();
  }

  /** Begins to count what the pods are asked. */
  public Measure measure() {
    return traffic.measure(any -> true);
  }

  /** Begins to count what the pods of one side are asked. */
  public Measure measure(String side) {
    return traffic.measure(uid -> isOf(side, uid));
  }

  private synchronized boolean isOf(String side, String uid) {
    PodLink link = links.get(uid);
    return link != null && side.equals(link.view().pod().side());
  }

  private synchronized Map<String, TrafficPoll.Pod> asked() {
    Map<String, TrafficPoll.Pod> pods = new HashMap<>();
    AdminClient asker = client;
    if (asker != null) {
      links.forEach((uid, link) -> pods.put(uid, () -> asker.traffic(link.address())));
    }
    return pods;
  }

  /** The pods that can be told to warm: those that answer requests and the operator. */
  public synchronized List<WarmPod> warmPods() {
    AdminClient asker = client;
    if (asker == null) {
      return List.of();
    }
    return links.values().stream()
        .filter(link -> link.view().answering() && link.view().problem() == null)
        .<WarmPod>map(
            link ->
                new WarmLink(
                    link.view().pod().uid(), link.view().pod().side(), link.address(), asker))
        .toList();
  }

  /** Has the order appended to the log, through whichever pod can. */
  public synchronized Append append(Order order) {
    List<PodLink> withLog = links.values().stream().filter(link -> hasLog(link.view())).toList();
    if (withLog.isEmpty()) {
      return new Append.Unavailable();
    }
    AdminClient asker = client();
    List<LogAppender.Pod> pods =
        withLog.stream()
            .<LogAppender.Pod>map(link -> asked -> asker.append(link.address(), asked))
            .toList();
    return switch (appender.append(order, pods)) {
      case LogAppender.Attempt.Underway() -> new Append.Underway();
      case LogAppender.Attempt.Appended(var receipt) -> new Append.Logged(receipt);
      case LogAppender.Attempt.Failed _ -> new Append.Unavailable();
    };
  }

  private static boolean hasLog(PodView view) {
    return view.problem() == null
        && view.state() != null
        && view.state().log() != null
        && view.state().log().connected();
  }

  @Override
  public synchronized void close() {
    traffic.close();
    counter.keep(Set.of());
    Set.copyOf(links.keySet()).forEach(this::unlink);
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
