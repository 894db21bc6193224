package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ApiGatewayStatus;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.snapshot.WrittenRevisions;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers a gateway's revisions have had. A number is given once, whether or not this
 * operator can read what got it: a pod takes nothing else under a number that it serves.
 *
 * @param highest that ConfigMaps, status and pods have seen; 0 before the first
 * @param overtaken whether the current revision is not what pods start from, or a pod has a later
 *     one or another of its number, so that it cannot be brought to this one: a new one is due,
 *     though its content may be the same
 */
public record RevisionNumbers(long highest, boolean overtaken) {

  /** As far as they are known: a pod that was not heard yet says nothing. */
  public static RevisionNumbers of(Snapshot snapshot) {
    WrittenRevisions written = snapshot.fleet().revisions();
    ApiGatewayStatus status = snapshot.gateway().getStatus();
    long reported = status == null || status.revision() == null ? 0 : status.revision().current();
    long highest =
        LongStream.concat(
                LongStream.of(written.highest(), reported),
                snapshot.fleet().pods().stream().mapToLong(RevisionNumbers::highest))
            .max()
            .orElse(0);
    return new RevisionNumbers(highest, overtaken(snapshot, written));
  }

  private static long highest(PodSeen pod) {
    return Math.max(pod.serves(), pod.refused() == null ? 0 : pod.refused().number());
  }

  private static boolean overtaken(Snapshot snapshot, WrittenRevisions written) {
    MintedRevision current = written.current();
    return current != null
        && (written.currentNumber() != current.number()
            || snapshot.fleet().pods().stream().anyMatch(pod -> isBeyond(pod, current)));
  }

  private static boolean isBeyond(PodSeen pod, MintedRevision current) {
    return pod.serves() > current.number()
        || (pod.serves() == current.number() && !current.revision().hash().equals(hash(pod)));
  }

  private static @Nullable String hash(PodSeen pod) {
    return pod.state() == null || pod.state().revision() == null
        ? null
        : pod.state().revision().hash();
  }
}
