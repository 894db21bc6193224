package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user asks of a gateway. */
@ValidationRule(
    value = "self.listeners.all(l, self.listeners.exists_one(other, other.port == l.port))",
    message = "each listener needs a port of its own",
    fieldPath = ".listeners")
@ValidationRule(
    value = "!has(self.rollout) || !has(self.rollout.purgeTags)",
    message =
        "purgeTags are an ApiRoute's: what a release makes out of date is not the same for"
            + " all",
    fieldPath = ".rollout")
@Wire
public record ApiGatewaySpec(
    @JsonPropertyDescription(
            "How many pods run. Ignored as a wish, and written by the "
                + "HorizontalPodAutoscaler, where autoscaling is set.")
        @Default("2")
        @Min(0)
        @Max(1000)
        @SpecReplicas
        Integer replicas,
    @JsonPropertyDescription(
            "Lets a HorizontalPodAutoscaler write replicas. Absent: replicas is what "
                + "is written here.")
        @Nullable Autoscaling autoscaling,
    @JsonPropertyDescription("The pods: their image, resources and template.") RuntimeSpec runtime,
    @JsonPropertyDescription("The Service in front of the pods.") @Default("{}")
        GatewayService service,
    @JsonPropertyDescription("Where the gateway listens. Names and ports are unique.")
        @Required
        @Size(min = 1, max = 16)
        @ListMapKey("name")
        List<Listener> listeners,
    @JsonPropertyDescription("What the pods cache in.") @Default("{}") GatewayCache cache,
    @JsonPropertyDescription(
            "How new pods take over, and, as a default, how releases of the gateway's routes go"
                + " in.")
        Rollout rollout,
    @JsonPropertyDescription("What the gateway takes from a client before it refuses.")
        @Default("{}")
        GatewayLimits limits,
    @JsonPropertyDescription("What the gateway tells about its requests.") @Default("{}")
        Telemetry telemetry,
    @JsonPropertyDescription("Who but the operator may reach the pods' admin port.") @Default("{}")
        GatewayAdmin admin,
    @JsonPropertyDescription("Whose word the gateway takes of who calls.") GatewayAuth auth) {

  public ApiGatewaySpec {
    replicas = Absent.or(replicas, 2);
    runtime = Absent.or(runtime, RuntimeSpec.DEFAULT);
    service = Absent.or(service, GatewayService.DEFAULT);
    listeners = Absent.orEmpty(listeners);
    cache = Absent.or(cache, GatewayCache.DEFAULT);
    rollout = Absent.or(rollout, Rollout.NONE);
    limits = Absent.or(limits, GatewayLimits.DEFAULT);
    telemetry = Absent.or(telemetry, Telemetry.DEFAULT);
    admin = Absent.or(admin, GatewayAdmin.DEFAULT);
    auth = Absent.or(auth, GatewayAuth.NONE);
  }
}
