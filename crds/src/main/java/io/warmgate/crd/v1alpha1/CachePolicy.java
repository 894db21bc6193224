package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * What of a route or gateway is cached, for how long and under which key. Without a policy requests
 * are proxied, not cached. Merged field by field (GEP-713, Patch Defaults): rule, then ApiRoute,
 * then ApiGateway.
 */
@JsonClassDescription(
    "What of a route or gateway is cached, for how long and under which key. "
        + "Without a policy nothing is cached.")
@AdditionalPrinterColumn(
    name = "Target",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.targetRefs[0].name",
    getDescription = "The first target.")
@AdditionalPrinterColumn(
    name = "Kind",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.targetRefs[0].kind",
    getDescription = "The kind of the first target.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "TTL",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.ttl.default",
    getDescription = "How long an answer is fresh where it does not say.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Accepted",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status",
    getDescription = "True when it is in effect.")
@AdditionalPrinterColumn(
    name = "Programmed",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Programmed\")].status",
    getDescription = "True when every answering pod has it.")
@AdditionalPrinterColumn(
    name = "Hits",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.hitRatio",
    getDescription = "How many of the cacheable requests were answered from the caches.")
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("cp")
@Categories("warmgate")
public class CachePolicy extends CustomResource<CachePolicySpec, CachePolicyStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
