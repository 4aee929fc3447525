import type { Capability, SensitiveCapability } from './classes.ts';

/** Decisions by hand for the other classes; most of them say why something grave-sounding is not. */
export const CURATED_ORDINARY: Readonly<
  Record<Exclude<Capability, SensitiveCapability>, Readonly<Record<string, string>>>
> = {
  'run-code': {
    amplify: 'CreateDeployment StartDeployment StartJob',
    appsync: 'CreateResolver UpdateResolver',
    apprunner: 'CreateService UpdateService',
    'aws-mcp': 'CallReadWriteTool',
    batch: 'RegisterJobDefinition SubmitJob',
    bedrock:
      'CreateAgentActionGroup InvokeAgent InvokeFlow InvokeInlineAgent UpdateAgentActionGroup',
    'bedrock-agentcore': 'StartBrowserSession StartCodeInterpreterSession',
    cloudshell: 'CreateEnvironment CreateSession',
    codebuild: 'CreateProject CreateWebhook RetryBuild StartBuild UpdateProject UpdateWebhook',
    codedeploy: 'CreateDeployment',
    codepipeline: 'CreatePipeline UpdatePipeline',
    datapipeline: 'ActivatePipeline PutPipelineDefinition',
    'ec2-instance-connect': 'OpenTunnel',
    // User data is a script that runs as root at the next start.
    ec2: 'ModifyInstanceAttribute',
    ecs: 'CreateService ExecuteCommand RegisterTaskDefinition RunTask StartTask UpdateService',
    elasticbeanstalk: 'CreateApplicationVersion CreateEnvironment UpdateEnvironment',
    elasticmapreduce: 'AddJobFlowSteps RunJobFlow',
    events: 'PutTargets',
    glue: 'CreateDevEndpoint CreateJob CreateSession RunStatement StartJobRun UpdateDevEndpoint UpdateJob',
    lambda:
      'CreateEventSourceMapping CreateFunction Invoke PublishLayerVersion UpdateEventSourceMapping UpdateFunctionCode UpdateFunctionConfiguration',
    pipes: 'CreatePipe UpdatePipe',
    sagemaker:
      'CreateNotebookInstance CreateNotebookInstanceLifecycleConfig CreateProcessingJob CreateTrainingJob UpdateNotebookInstanceLifecycleConfig',
    scheduler: 'CreateSchedule UpdateSchedule',
    ssm: 'CreateAssociation CreateDocument ResumeSession SendCommand StartAssociationsOnce StartAutomationExecution StartSession UpdateAssociation UpdateDocument UpdateDocumentDefaultVersion',
    states: 'CreateStateMachine UpdateStateMachine',
  },

  spend: {
    'aws-marketplace': 'Subscribe',
    // A model call is what an agent is; what it can do to the owner is the bill.
    bedrock:
      'Converse ConverseStream CreateFoundationModelAgreement CreateModelCustomizationJob CreateModelInvocationJob CreateProvisionedModelThroughput InvokeModel InvokeModelWithBidirectionalStream InvokeModelWithResponseStream PutFoundationModelEntitlement PutUseCaseForModelAccess StartAsyncInvoke',
    ec2: 'AllocateHosts CreateCapacityReservation CreateFleet RequestSpotFleet RequestSpotInstances RunInstances RunScheduledInstances StartInstances',
    marketplacecatalog: 'Subscribe',
    route53domains: 'RegisterDomain RenewDomain',
    sagemaker: 'CreateEndpoint',
    savingsplans: 'CreateSavingsPlan',
    servicequotas: 'RequestServiceQuotaIncrease',
    shield: 'CreateSubscription',
  },

  network: {
    ec2: 'AllocateAddress AssociateAddress AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateIpamPolicy CreateTrafficMirrorFilter CreateTrafficMirrorFilterRule CreateTrafficMirrorTarget CreateTransitGatewayMeteringPolicy DeleteIpamPolicy DeleteTransitGatewayMeteringPolicy DeregisterTransitGatewayMulticastGroupMembers DisableIpamOrganizationAdminAccount DisableIpamPolicy DisassociateAddress EnableIpamOrganizationAdminAccount EnableIpamPolicy ModifyTransitGatewayMeteringPolicy RegisterTransitGatewayMulticastGroupMembers ReleaseAddress',
    lightsail: 'OpenInstancePublicPorts PutInstancePublicPorts',
    'network-firewall': 'AssociateFirewallPolicy CreateFirewallPolicy',
    networkmanager:
      'DeleteCoreNetworkPolicyVersion PutCoreNetworkPolicy StartOrganizationServiceAccessUpdate',
    rds: 'EnableHttpEndpoint',
    route53: 'ChangeResourceRecordSets CreateTrafficPolicyVersion',
    route53domains: 'UpdateDomainNameservers',
  },

  'read-data': {
    athena: 'ExportNotebook StartQueryExecution',
    cloudtrail: 'StartQuery',
    codecommit: 'GetBlob GetFile GetFolder GitPull',
    dynamodb: 'BatchGetItem GetItem PartiQLSelect Query Scan TransactGetItems',
    ebs: 'ListChangedBlocks ListSnapshotBlocks',
    ec2: 'ExportClientVpnClientConfiguration GetConsoleOutput GetConsoleScreenshot',
    // Every pull of an image.
    ecr: 'BatchGetImage GetDownloadUrlForLayer',
    glacier: 'GetJobOutput InitiateJob',
    // May show the password of the data source.
    glue: 'GetConnection GetConnections',
    // Comes with every read and write of encrypted data; the data's own event says which.
    kms: 'Decrypt DeriveSharedSecret GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac Sign',
    // Code and environment variables. Too common in waiting loops and deployments to be called a theft.
    lambda: 'GetFunction GetFunctionConfiguration GetLayerVersion',
    logs: 'GetLogEvents StartLiveTail StartQuery',
    s3: 'GetObject GetObjectTorrent SelectObjectContent',
    sqs: 'ReceiveMessage',
    ssm: 'GetCommandInvocation',
  },

  'write-data': {
    // SQL may read, write or UNLOAD; the trail hides the statement.
    dynamodb:
      'BatchExecuteStatement BatchWriteItem DeleteItem ExecuteStatement ExecuteTransaction PutItem TransactWriteItems UpdateItem',
    codecommit: 'CreateCommit GitPush',
    ebs: 'CompleteSnapshot PutSnapshotBlock StartSnapshot',
    kms: 'Encrypt ReEncrypt ReEncryptFrom ReEncryptTo',
    qldb: 'ExecuteStatement SendCommand',
    rds: 'RestoreDBClusterFromS3 RestoreDBInstanceFromS3',
    'rds-data': 'BatchExecuteStatement ExecuteSql ExecuteStatement',
    rdsdata: 'BatchExecuteStatement ExecuteSql ExecuteStatement',
    'redshift-data': 'BatchExecuteStatement ExecuteStatement',
    s3: 'CompleteMultipartUpload CopyObject CreateMultipartUpload PutObject RenameObject',
    secretsmanager: 'CreateSecret',
    sqs: 'DeleteMessage DeleteMessageBatch SendMessageBatch',
    ssm: 'DeleteParameter DeleteParameters PutParameter',
  },

  'write-config': {
    apigateway: 'DeleteModel',
    autoscaling: 'DeletePolicy ExecutePolicy',
    'bcm-data-exports': 'CreateExport',
    clouddirectory: 'AttachPolicy DetachPolicy',
    cloudformation: 'ExecuteChangeSet',
    cloudfront: 'CreateOriginAccessControl DeleteOriginAccessControl UpdateOriginAccessControl',
    cloudhsm: 'RestoreBackup',
    'compute-optimizer':
      'ExportAutoScalingGroupRecommendations ExportEBSVolumeRecommendations ExportEC2InstanceRecommendations ExportECSServiceRecommendations ExportIdleRecommendations ExportLambdaFunctionRecommendations ExportLicenseRecommendations ExportRDSDatabaseRecommendations',
    dms: 'ExportMetadataModelAssessment',
    drs: 'ExportSourceNetworkCfnTemplate',
    ds: 'CreateSnapshot RestoreFromSnapshot',
    // Undoing a share, and traps of the data: IAM calls some of these permissions management.
    ec2: 'AttachResourcesToPlacementGroup CancelImageLaunchPermission CreateCapacityManagerDataExport CreateCoipPoolPermission CreateLocalGatewayRouteTablePermission DeleteCoipPoolPermission DeleteLocalGatewayRouteTablePermission DeleteNetworkInterfacePermission DetachResourcesFromPlacementGroup EnableImageBlockPublicAccess EnableSnapshotBlockPublicAccess ExportTransitGatewayRoutes ResetSnapshotAttribute StopInstances UpdateCapacityManagerOrganizationsAccess',
    email: 'ApplyTrackingConfigurationOverrides UpdateReputationEntityPolicy',
    glue: 'TestConnection',
    greengrass: 'CreateGroup DeleteGroup UpdateGroup',
    iam: 'CreateAccountAlias DeleteAccountAlias TagPolicy',
    inspector2: 'StopCisSession',
    kinesisanalytics: 'CreateApplicationSnapshot',
    kms: 'RetireGrant RevokeGrant',
    lambda: 'DisableReplication EnableReplication PublishVersion',
    lightsail: 'CreateDiskFromSnapshot CreateInstancesFromSnapshot',
    mediaconvert: 'DeletePolicy PutPolicy',
    'network-security-manager':
      'CreateDeploymentSnapshot CreatePolicySnapshot CreateRuleSnapshot CreateScopeSnapshot CreateTemplateSnapshot',
    partnercentral: 'CreateResourceSnapshot',
    redshift: 'CreateSnapshotCopyGrant DeleteSnapshotCopyGrant',
    resiliencehub: 'CreatePolicy DeletePolicy StartMetricsExport UpdatePolicy',
    'resource-groups': 'CreateGroup DeleteGroup UpdateGroup',
    robomaker: 'CreateWorldExportJob',
    rolesanywhere: 'PutNotificationSettings ResetNotificationSettings',
    ses: 'ApplyTrackingConfigurationOverrides UpdateReputationEntityPolicy',
    simspaceweaver: 'CreateSnapshot',
    sms: 'PutAppReplicationConfiguration',
    storagegateway: 'DeleteAutomaticTapeCreationPolicy UpdateAutomaticTapeCreationPolicy',
    synthetics: 'CreateGroup DeleteGroup',
    waf: 'CreateWebACL',
    'waf-regional': 'CreateWebACL',
    xray: 'CreateGroup DeleteGroup PutEncryptionConfig UpdateGroup',
  },

  'read-metadata': {
    apigateway: 'ExportApi',
    'aws-mcp': 'CallReadOnlyTool',
    // What an agent's runtime asks for at every start: a token that is good for the token vault only.
    'bedrock-agentcore':
      'GetWorkloadAccessToken GetWorkloadAccessTokenForJWT GetWorkloadAccessTokenForUserId',
    cloudtrail: 'AwsCloudTrailInsight',
    'cognito-idp': 'GetTokensFromRefreshToken',
    // How each container, workload or user starts its session. That is routine and not a theft; who may, with
    // which tags, is judged by the sessions themselves.
    'eks-auth': 'AssumeRoleForPodIdentity',
    rolesanywhere: 'CreateSession',
    s3: 'OptionsObject',
    s3express: 'CreateSession',
    secretsmanager: 'GetRandomPassword ValidateResourcePolicy',
    signin:
      'CheckMfa ConsoleLogin CreateOAuth2Token CredentialChallenge CredentialVerification ExitRole IntrospectOAuth2Token RenewRole SwitchRole UserAuthentication',
    ssm: 'GetDocument GetOpsItem',
    sso: 'Authenticate CreateToken Federate GetRoleCredentials IntrospectTokenWithIAM Logout RegisterClient StartDeviceAuthorization',
    'sso-oauth': 'IntrospectTokenWithIAM',
    sts: 'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity DecodeAuthorizationMessage GetCallerIdentity SetSourceIdentity TagSession',
  },
};
