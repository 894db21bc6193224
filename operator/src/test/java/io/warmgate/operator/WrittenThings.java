package io.warmgate.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.warmgate.config.Revision;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.operator.fake.FakePod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What operators write in a namespace while this watches: revisions, and statuses of routes. */
final class WrittenThings implements AutoCloseable {
  /** A route's status as it was written. */
  private record Written(long generation, ApiRouteStatus status) {}

  private final List<Revision> minted = new CopyOnWriteArrayList<>();
  private final Map<String, List<Written>> statuses = new ConcurrentHashMap<>();
  private final List<SharedIndexInformer<?>> informers;

  WrittenThings(Cluster cluster) {
    var client = cluster.client();
    informers =
        List.of(
            client
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("edge-current")
                .inform(new Each<ConfigMap>(this::minted)),
            client
                .resources(ApiRoute.class)
                .inNamespace(cluster.namespace())
                .inform(new Each<ApiRoute>(this::reported)));
  }

  private void minted(ConfigMap map) {
    String json = map.getData() == null ? null : map.getData().get(Revision.FILE);
    if (json != null) {
      minted.add(Revision.parse(json.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void reported(ApiRoute route) {
    if (route.getStatus() != null) {
      List<Written> written =
          statuses.computeIfAbsent(
              route.getMetadata().getName(), name -> new CopyOnWriteArrayList<>());
      Written now = new Written(route.getMetadata().getGeneration(), route.getStatus());
      boolean respecified = !written.isEmpty() && written.getLast().status().equals(now.status());
      if (!respecified || written.getLast().generation() == now.generation()) {
        written.add(now);
      }
    }
  }

  /** No number stands for two contents: not where it was written, not where it was sent. */
  void assertNumbersStandForOneContent(List<FakePod> pods) {
    List<Revision> all = new ArrayList<>(minted);
    pods.forEach(pod -> all.addAll(pod.pushed()));
    Map<Long, String> contents = new TreeMap<>();
    for (Revision revision : all) {
      String before = contents.putIfAbsent(revision.number(), revision.hash());
      assertThat(revision.hash())
          .as("revision %d", revision.number())
          .isEqualTo(before == null ? revision.hash() : before);
    }
    assertThat(minted.stream().map(Revision::number).toList()).isSorted().doesNotHaveDuplicates();
  }

  /** Each status of a generation was written once, and {@code Programmed} was not taken back. */
  void assertNoStatusWasWrittenTwice() {
    statuses.forEach(
        (route, written) -> {
          for (int i = 1; i < written.size(); i++) {
            Written before = written.get(i - 1);
            Written now = written.get(i);
            assertThat(now).as(route).isNotEqualTo(before);
            if (now.generation() == before.generation()) {
              assertThat(programmed(before) && !programmed(now)).as(route).isFalse();
            }
          }
        });
  }

  private static boolean programmed(Written written) {
    return written.status().conditions().stream()
        .anyMatch(any -> any.getType().equals("Programmed") && any.getStatus().equals("True"));
  }

  /** Numbers of the revisions that were written, in their order. */
  List<Long> minted() {
    return minted.stream().map(Revision::number).toList();
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }

  private record Each<T extends HasMetadata>(java.util.function.Consumer<T> told)
      implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      told.accept(object);
    }

    @Override
    public void onUpdate(@Nullable T before, T now) {
      told.accept(now);
    }

    @Override
    public void onDelete(T object, boolean unknownState) {}
  }
}
