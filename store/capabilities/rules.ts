import type { Capability } from './classes.ts';

/** `permissions` is IAM's "Permissions management"; an event itself only ever says read or write. */
export type Access = 'read' | 'write' | 'tagging' | 'permissions' | null;

type Rule = readonly [RegExp, Capability];

const READING =
  /^(Admin)?(Batch)?(Get|List|Describe|Search|Lookup|Head|Check|Is[A-Z]|View|Count|Preview|Estimate|Simulate|Validate|Verify|Test|Discover|Query|Scan|Select|Read|Retrieve|Download|Receive|Filter|Poll|Resolve|Compare|Contains|Calculate|Evaluate|Lookup)/;

/** A describing call names things; the secret or the content is behind another call. */
const NAMING = /^(Admin)?(Batch)?(List|Describe|Search)/;

const MINTS: readonly Rule[] = [
  [
    /(Credentials?|Password|SecretValue|(Access|Auth|Authorization|Authentication|Bearer|Session|Security|Refresh|Federation|OAuth2?|OpenId|Login|Cli|Identity|Connection|Api)Tokens?(For[A-Z]\w+)?|(Access|Api|API|Stream|Secret)Keys?|PresignedU(RL|rl|ri)s?|UnlockCode)$/,
    'credential',
  ],
  [/Presigned\w*Url/, 'credential'],
];

const READS: readonly Rule[] = [
  [/^(Query|Scan|Select|Read|Retrieve|Download|Receive|Filter)/, 'read-data'],
  [
    /^(Batch)?Get(\w*(Record|Object|Item|Message|Content|Document|Row|QueryResult|StatementResult|DownloadUrl)s?)$/,
    'read-data',
  ],
];

const WRITES: readonly Rule[] = [
  // Policies that steer a machine rather than people come before the word Policy below.
  [
    /^(Put|Create|Update|Set|Modify|Delete|Remove|Attach|Detach)\w*(Lifecycle|Scaling|Retention|Cache|Cookie|Stickiness|OriginRequest|ResponseHeaders|Routing|Traffic|Scheduling|Backup|Sampling|Index|StorageTier|AutoTermination|Playback|LoadBalancer|Mesh|Feed|DataRetrieval|Deployment|Resiliency|Metric|Cors|Reasoning)\w*Polic(y|ies)$/,
    'write-config',
  ],
  [
    /^(Delete|Disable|Stop|Update|Put|Set|Modify|Configure|Pause|Suspend)\w*(Logging|LoggingConfiguration|LoggingOptions|LogSubscription|LogDelivery|AuditPolicy|FlowLogs|ActivityStream|QueryLog\w*)$/,
    'evade',
  ],
  [
    /^(Delete|Disable|Put|Update|Modify|Remove)\w*(BlockPublicAccess|PublicAccessBlock|DeletionProtection|Guardrail|DataProtectionPolicy|ObjectLockConfiguration|LockConfiguration|FirewallPolicy)\w*$/,
    'evade',
  ],
  [/^(Disassociate|Remove|Delete)\w*W(ebACL|ebAcl|AF)\w*$/, 'evade'],
  [/^Bypass/, 'evade'],
  [
    /^(Put|Set|Add|Update|Create|Modify)\w*((Resource|Repository|Bucket|Access|AccessPoint|Sharing|Registry|Vault|FileSystem|Container|Queue|Topic|Destination|Domain|Sink|Cluster|Image|Identity|Delivery\w*|Table|Component|Recipe|RuleGroup|Rule|Channel|Endpoint|Model\w*)Policy|ResourcePolicyStatement|(Snapshot|Image)Attribute|SharingPolicy|AccountPermissions?)$/,
    'share',
  ],
  [/^(Add|Put)\w*Permission$/, 'share'],
  [
    /^Share[A-Z]|^(Create|Update|Put|Start|Associate|Enable)\w*(Share|Sharing)([A-Z]\w*)?$/,
    'share',
  ],
  [/^Authorize\w*(Access|Share|SnapshotAccess)$/, 'share'],
  [/^(Put|Create|Update)\w*Replication(Configuration|Destination)?$/, 'export'],
  [/^(?!Delete|Cancel|Stop|Describe|Update)\w*Export(?!er)/, 'export'],
  [/^(Create|Copy|Start)\w*(Snapshots?|SnapshotCopy|Backup|BackupJob|BackupToRegion)$/, 'export'],
  [/^Copy\w*(Snapshot|Backup|Image|RecoveryPoint|Volumes?)$/, 'export'],
  [/^Restore\w*(Snapshot|Backup|PointInTime|RecoveryPoint|S3)$|^Unload$/, 'export'],
  [/^Create\w*(ReadReplica|FromSnapshot|FromBackup)$/, 'export'],
  [/^Assume\w*Role/, 'credential'],
  [
    /^(Create|Generate|Issue|Rotate|Reset|Get|Refresh|Exchange|Request|Regenerate|Retrieve|Export|Import|Upload|Add|Set|Put|Reveal)\w*(AccessKey|ApiKey|APIKey|KeyPair|SshPublicKey|SSHPublicKey|(Access|Auth|Authorization|Bearer|Session|Security|Refresh|Scim\w*|Login|Cli|Connection|ServiceAccount|Participant|Chat|OAuth2?|SAML|Api|Environment)Token|RefreshToken|Credentials?|CredentialProvider|Password|Secret|ClientSecret|SecretValue|StreamKey|LoginProfile|UnlockCode|LoginSession)s?(For[A-Z]\w+)?$/,
    'credential',
  ],
  [/Presigned\w*U(rl|RL|ri)|^Create\w*(EmbedUrl|StreamingURL|SessionUrl)$/, 'credential'],
  [
    /^(Create|Delete|Update|Put|Attach|Detach|Set|Add|Remove|Register|Deregister|Associate|Disassociate|Enable|Disable|Admin\w+|Batch\w+|Modify|Assign|Grant|Revoke|Allow|Reset)\w*(Polic(y|ies)|PolicyVersion|PolicyTemplate|PolicyStatement|PolicyGrant|Permissions?|PermissionSet|PermissionsBoundary|Grants?|Roles?|RoleAlias|Admins?|Administrator|AdminAccount|Principals?|PrincipalMapping|Trust|TrustAnchor|TrustedTokenIssuer|IdentityProvider|IdentitySource|Authorizer|AccessEntry|AccessProfile|AccessGrant|AccessConfiguration|AccessControl\w*|SecurityProfile|UserProfile|OrganizationsAccess|ServiceAccount|UserGroup|GroupMembership|GroupMember|Membership)s?$/,
    'privilege',
  ],
  [
    /^(Create|Delete|Update|Register|Deregister|Enable|Disable|Invite|Suspend|Admin(Create|Delete|Enable|Disable)|BatchCreate|BatchDelete|Add|Remove)(\w*[a-z])?Users?(ToGroup|FromGroup)?$/,
    'privilege',
  ],
  [/^(Create|Delete|Update)Group$/, 'privilege'],
  [/^(Purchase|Redeem|Renew|Subscribe(?!To)|RequestServiceQuota)/, 'spend'],
  [/Reserved\w*(Offering|Node|Instances?|Capacity)/, 'spend'],
  [
    /^(Purge|Drop|Wipe|Erase|Destroy)|^(Terminate|Delete|BatchDelete|Remove|Dispose|Reset)\w*(Tables?|Databases?|(?<!Snapshot|Security|Parameter|Subnet)Clusters?|Instances?|Buckets?|Objects?|Volumes?|Snapshots?|Backups?|FileSystem|FileCache|Stacks?|StackSet|Vault|Archive|RecoveryPoint|AutomatedBackup|Stream|DeliveryStream|Queue|Topic|Repository|Images?|Packages?|PackageVersions|Functions?|Api|GraphqlApi|RestApi|LoadBalancer|Domain|(?<!Resource)Index|Collection|Environments?|Application|App|Datastore|DataStore|Datasets?|DataSet|Ledger|Keyspace|Store|Server|Fleet|Workspaces?|Broker|UserPool|IdentityPool|Ledger|Graph|Warehouse|Namespace|Workgroup|Catalog|Portfolio|Organization|Directory|HostedZone|Nodegroup|StateMachine|CustomKeyStore|EventBus|Canary|Certificate(Authority)?|ServerlessCache|ReplicationGroup|GlobalCluster|Hsm|Tape|Share|FileShare|Ledger|Library|KnowledgeBase|VectorBucket|Vectors|MemoryStore|Memory|Media|ReadSet|Reference|ImageSet|Speaker|Faces|Workload|Meeting|Messages?|Partition|Schema|Layer(Version)?|EventDataStore|Experiment|FeatureGroup|Model(Package)?)$/,
    'destroy',
  ],
  [
    /(SecurityGroup(?!Profile)|(?<!Email)(?<!Api)(?<!Gateway)Route(?!rule)|RouteTable|Vpc(?!e)|VPC|Subnet(?!Group)|NatGateway|InternetGateway|TransitGateway|VpnGateway|NetworkAcl|Peering|VpnConnection|NetworkInterface|HostedZone|ResourceRecord|VirtualInterface|DnsRecord|PrefixList|Cidr)/,
    'network',
  ],
  [
    /^(Invoke|Execute|Run|Send(Command|SSH)|StartExecution|StartSession|StartSync|Submit\w*Job|Start\w*(JobRun|Execution|Build|PipelineExecution|WorkflowRun)|TestFunction|TestState)/,
    'run-code',
  ],
  [/^(Create|Update|Publish)\w*(Function|FunctionCode|LayerVersion)$/, 'run-code'],
  [
    /^(Batch)?(Put|Write|Send|Publish|Post|Upload|Import|Ingest|Log)\w*(Object|Items?|Records?|Messages?|Events?|Rows?|Documents?|Data|Content|Logs?|Traces?|Spans?|Part|Chunk|Metrics?|Points?|Image|Vectors|Values?|Email|File|Archive|Comment|Feedback)$/,
    'write-data',
  ],
  [
    /^(Publish|Upload|Ingest|Write|Import|Send|Post|PartiQL(Insert|Update|Delete)|BatchWrite)/,
    'write-data',
  ],
];

/**
 * The class of an action nobody has curated, by its verb and noun. What AWS says of the call
 * (`access`) outweighs the verb.
 */
export function capabilityByRule(event: string, access: Access): Capability {
  if (access === 'tagging') return 'write-config';
  if (access === 'read' || (access === null && READING.test(event))) {
    return first(NAMING.test(event) ? [] : [...MINTS, ...READS], event) ?? 'read-metadata';
  }
  return first(WRITES, event) ?? (access === 'permissions' ? 'privilege' : 'write-config');
}

function first(rules: readonly Rule[], event: string): Capability | undefined {
  return rules.find(([pattern]) => pattern.test(event))?.[1];
}

/** True where the name itself says that nothing is changed, whatever IAM's access level claims. */
export function readsByName(event: string): boolean {
  return /^(Batch)?(Get|List|Describe)[A-Z]/.test(event);
}
