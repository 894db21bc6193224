package io.warmgate.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.query.FieldSelector;
import io.warmgate.local.api.query.LabelSelector;
import io.warmgate.local.api.service.Target;

/** Which objects a list or a watch is about. */
record Selection(Target target, LabelSelector labels, FieldSelector fields) {
  static Selection of(Target target, Parameters parameters) {
    return new Selection(
        target,
        LabelSelector.parse(parameters.text("labelSelector")),
        FieldSelector.parse(parameters.text("fieldSelector"), target.type().id()));
  }

  boolean matches(ObjectNode object) {
    Meta meta = Meta.of(object);
    return (target.namespace().isEmpty() || target.namespace().equals(meta.namespace()))
        && (target.name().isEmpty() || target.name().equals(meta.name()))
        && labels.matches(object)
        && fields.matches(object);
  }
}
