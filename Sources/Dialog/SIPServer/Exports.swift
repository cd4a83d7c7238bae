@_exported public import CallCore
